import { randomUUID } from 'node:crypto'
import {
  type ApiKeyRow,
  type Database,
  disableApiKey,
  enableApiKey,
  findApiKey,
  insertApiKey,
  inTransaction,
  listApiKeys,
  replaceApiKey,
  revokeApiKey,
  takeAdvisoryLock,
} from '@dsapi/db'
import type { Rate } from '../limits/rate.ts'
import { type By, type Change, record } from './audit.ts'
import { KeyError } from './key-error.ts'
import { type ApiKey, generateKey, hashKey } from './key-format.ts'
import { isKeyId } from './key-id.ts'
import { defaultScopes, type Scope } from './scopes.ts'
import { fromRow, type StoredKey, stateOf } from './stored-key.ts'

/** The properties of a new key. A limit that is left out does not apply. */
export type KeyOptions = {
  readonly name: string
  readonly note?: string | undefined
  /** `predict` and `jobs` when left out. */
  readonly scopes?: readonly Scope[] | undefined
  /** The names of the models that it may use; all when left out. */
  readonly models?: readonly string[] | undefined
  readonly rate?: Rate | undefined
  readonly dailyQuota?: number | undefined
  /** How many jobs may wait; as many as the server allows each key when left out. */
  readonly maxJobs?: number | undefined
  /** When the key expires. */
  readonly expiresAt?: number | undefined
}

/** The successor of a key also has its webhook. Another new key has no secret to sign one with. */
type RowOptions = KeyOptions & { readonly webhookUrl?: string | null }

/** A new key. Only here `key` is in the clear. */
export type MadeKey = { readonly key: ApiKey; readonly stored: StoredKey }

type Origin = { readonly id: string; readonly ownerId: string; readonly rotatedFrom?: string }

const shownOfPrefix = 10
const shownOfSuffix = 4

const rowOf = (
  key: ApiKey,
  origin: Origin,
  options: RowOptions,
  { actor, now }: By,
): ApiKeyRow => ({
  id: origin.id,
  owner_id: origin.ownerId,
  name: options.name,
  note: options.note ?? '',
  hash: hashKey(key),
  prefix: key.slice(0, shownOfPrefix),
  suffix: key.slice(-shownOfSuffix),
  scopes: (options.scopes ?? defaultScopes).join(' '),
  models: options.models?.join(' ') ?? null,
  rate_requests: options.rate?.requests ?? null,
  rate_seconds: options.rate?.seconds ?? null,
  daily_quota: options.dailyQuota ?? null,
  max_jobs: options.maxJobs ?? null,
  created_by: actor,
  created_at: now,
  expires_at: options.expiresAt ?? null,
  disabled_at: null,
  revoked_at: null,
  replaced_by: null,
  last_used_at: null,
  webhook_url: options.webhookUrl ?? null,
})

const insert = async (db: Database, row: ApiKeyRow, origin: Origin, by: By) => {
  const { name, scopes, models, note } = row
  const rotatedFrom = origin.rotatedFrom && { rotated_from: origin.rotatedFrom }
  await insertApiKey(db, row)
  const detail = {
    name,
    scopes,
    ...(models && { models }),
    ...(note && { note }),
    ...rotatedFrom,
  }
  await record(db, by, { action: 'create', keyId: row.id, detail })
}

/** Stores an existing key by its hash. */
export const addKey = (
  db: Database,
  key: ApiKey,
  options: KeyOptions,
  by: By,
): Promise<StoredKey> =>
  inTransaction(db, async (transaction) => {
    const id = randomUUID()
    const origin = { id, ownerId: id }
    const row = rowOf(key, origin, options, by)
    await insert(transaction, row, origin, by)
    return fromRow(row)
  })

/** Makes a key and stores its hash. Only the return value contains the key itself. */
export const createKey = async (db: Database, options: KeyOptions, by: By): Promise<MadeKey> => {
  const key = generateKey()
  return { key, stored: await addKey(db, key, options, by) }
}

/**
 * Makes a successor of a key, with its name, scopes, models and limits and, if it expires, the length of its
 * life. Both are accepted until the grace period is over, and what one has made belongs to the other.
 *
 * @throws KeyError when there is no such key, or it is not active, or was rotated before
 */
export const rotateKey = async (
  db: Database,
  id: string,
  graceMs: number,
  by: By,
): Promise<MadeKey & { readonly replaced: StoredKey }> => {
  const { now } = by
  return changeKey(db, id, async (transaction, before) => {
    const successor = randomUUID()
    const replaced = await replaceApiKey(transaction, id, {
      successor,
      now,
      expiresAt: now + graceMs,
    })
    if (replaced === undefined) throw cannotBe('rotated', before, now)
    const detail = { replaced_by: successor, grace_seconds: graceMs / 1000 }
    await record(transaction, by, { action: 'rotate', keyId: id, detail })

    const key = generateKey()
    const origin = { id: successor, ownerId: before.ownerId, rotatedFrom: id }
    const lifetime = before.expiresAt === null ? undefined : before.expiresAt - before.createdAt
    const expiresAt = lifetime === undefined ? undefined : now + lifetime
    const { name, note, scopes, rate, dailyQuota, maxJobs, webhookUrl } = before
    const models = before.models ?? undefined
    const options = { name, note, scopes, models, webhookUrl, expiresAt }
    const limits = {
      rate: rate ?? undefined,
      dailyQuota: dailyQuota ?? undefined,
      maxJobs: maxJobs ?? undefined,
    }
    const row = rowOf(key, origin, { ...options, ...limits }, by)
    await insert(transaction, row, origin, by)
    return { key, stored: fromRow(row), replaced: fromRow(replaced) }
  })
}

/** All keys ever made, the oldest first. */
export const listKeys = async (db: Database): Promise<StoredKey[]> =>
  (await listApiKeys(db)).map(fromRow)

/** @throws KeyError when there is no such key */
export const getKey = async (db: Database, id: string): Promise<StoredKey> => {
  const row = isKeyId(id) ? await findApiKey(db, id) : undefined
  if (row === undefined) throw unknownKey()
  return fromRow(row)
}

/** The first key of the line of rotated keys of which a key is one. What is no key is its own owner, and owns nothing. */
export const findOwner = async (db: Database, id: string): Promise<string> =>
  (isKeyId(id) ? (await findApiKey(db, id))?.owner_id : undefined) ?? id

/** The id is not repeated in the message, because it may be a key that was given by mistake. */
const unknownKey = () => new KeyError('unknown_key', 'There is no key with this id')

/** Changes a key while no other process changes any, so that the state that is read here is the one that a refusal explains. */
export const changeKey = async <T>(
  db: Database,
  id: string,
  change: (transaction: Database, before: StoredKey) => Promise<T>,
): Promise<T> => {
  if (!isKeyId(id)) throw unknownKey()
  return inTransaction(db, async (transaction) => {
    await takeAdvisoryLock(transaction, 'audit')
    return change(transaction, await getKey(transaction, id))
  })
}

type Update = (db: Database, id: string, now: number) => Promise<ApiKeyRow | undefined>

const changed = (action: Change, done: string, update: Update) => {
  return (db: Database, id: string, by: By): Promise<StoredKey> =>
    changeKey(db, id, async (transaction, before) => {
      const row = await update(transaction, id, by.now)
      if (row === undefined) throw cannotBe(done, before, by.now)
      await record(transaction, by, { action, keyId: id })
      return fromRow(row)
    })
}

/** Revokes a key for good. @throws KeyError when there is no such key or it was revoked before */
export const revokeKey = changed('revoke', 'revoked', revokeApiKey)

/** Disables a key until it is enabled. @throws KeyError when it is unknown, revoked or disabled */
export const disableKey = changed('disable', 'disabled', disableApiKey)

/** Enables a disabled key. @throws KeyError when it is unknown, revoked or not disabled */
export const enableKey = changed('enable', 'enabled', enableApiKey)

const reasonAgainst = (done: string, key: StoredKey, now: number) => {
  if (done === 'rotated' && key.replacedBy !== null) {
    return `was rotated before, to ${key.replacedBy}`
  }
  // Also of an expired key: that alone would not keep it from being disabled.
  if (done === 'disabled' && key.revokedAt === null) return 'is disabled'
  return `is ${stateOf(key, now)}`
}

export const cannotBe = (done: string, key: StoredKey, now: number): KeyError => {
  const because = reasonAgainst(done, key, now)
  return new KeyError('wrong_state', `The key ${key.id} cannot be ${done}: it ${because}`)
}
