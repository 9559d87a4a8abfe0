import { randomBytes, randomUUID } from 'node:crypto'
import { type Database, listWebhookSecrets, replaceWebhookSecret } from '@dsapi/db'
import { type By, record } from '../keys/audit.ts'
import { KeyError } from '../keys/key-error.ts'
import { cannotBe, changeKey } from '../keys/manage-keys.ts'

/** 192 bits, the least that Standard Webhooks recommends. */
const secretBytes = 24
/** How long the secret before still signs. */
const graceMs = 86_400_000
/** Each valid secret makes the header of a signature longer. */
const mostSecrets = 10

/** A new secret. Only here it is returned. */
export type MadeWebhookSecret = {
  readonly secret: string
  /** Until when webhooks are also signed with the secret before; undefined where there was none. */
  readonly previousUntil: number | undefined
}

/**
 * Makes a new secret for the webhooks of a key and of its line of rotations. For a day, the secret before signs too. One that
 * was replaced earlier keeps the end that it has.
 *
 * @throws KeyError when there is no such key, it is revoked, or it has had too many secrets in a day
 */
export const rotateWebhookSecret = (db: Database, id: string, by: By): Promise<MadeWebhookSecret> =>
  changeKey(db, id, async (transaction, key) => {
    const { now } = by
    if (key.revokedAt !== null) throw cannotBe('changed', key, now)
    const before = await listWebhookSecrets(transaction, key.ownerId, now)
    if (before.length >= mostSecrets) {
      throw new KeyError(
        'wrong_state',
        `The key ${key.id} has ${mostSecrets} webhook secrets that are valid, which is the most. Each ends 24 hours after it was replaced`,
      )
    }
    const secret = `whsec_${randomBytes(secretBytes).toString('base64')}`
    const row = { id: randomUUID(), owner_id: key.ownerId, secret, created_at: now }
    const expiresAt = now + graceMs
    await replaceWebhookSecret(transaction, row, { expiresAt })
    const previousUntil = before.length === 0 ? undefined : expiresAt
    const detail = previousUntil !== undefined && { grace_seconds: graceMs / 1000 }
    await record(transaction, by, {
      action: 'rotate_webhook_secret',
      keyId: id,
      ...(detail && { detail }),
    })
    return { secret, previousUntil }
  })

/** Whether there is a secret with which webhooks of an owner can be signed. */
export const hasWebhookSecret = async (
  db: Database,
  ownerId: string,
  now: number,
): Promise<boolean> => (await listWebhookSecrets(db, ownerId, now)).length > 0
