import { type ApiKeyChange, type ApiKeyRow, type Database, updateApiKey } from '@dsapi/db'
import type { Rate } from '../limits/rate.ts'
import { hasWebhookSecret } from '../webhooks/webhook-secrets.ts'
import { type By, record } from './audit.ts'
import { KeyError } from './key-error.ts'
import { cannotBe, changeKey } from './manage-keys.ts'
import type { Scope } from './scopes.ts'
import { describeKey, fromRow, type StoredKey } from './stored-key.ts'

/** New properties of a key; those that are left out stay. Null ends a limit, the binding to models, or the end. */
export type KeyChange = {
  readonly name?: string | undefined
  readonly note?: string | undefined
  /** Some of those that the key has. */
  readonly scopes?: readonly Scope[] | undefined
  readonly models?: readonly string[] | null | undefined
  readonly rate?: Rate | null | undefined
  readonly dailyQuota?: number | null | undefined
  readonly maxJobs?: number | null | undefined
  readonly expiresAt?: number | null | undefined
  /** Checked before. Needs a secret to sign with. */
  readonly webhookUrl?: string | null | undefined
}

/**
 * Changes the properties of a key. The audit entry has each property that became another, before and after. Every process
 * knows the change within a second.
 *
 * @throws KeyError when there is no such key, it is revoked, it would have a scope that it has not, or a webhook
 *   without a secret to sign it
 */
export const setKey = (db: Database, id: string, change: KeyChange, by: By): Promise<StoredKey> =>
  changeKey(db, id, async (transaction, before) => {
    const { now } = by
    if (before.revokedAt !== null) throw cannotBe('changed', before, now)
    const added = change.scopes?.filter((scope) => !before.scopes.includes(scope)) ?? []
    if (added.length > 0) {
      const has = before.scopes.join(', ')
      throw new KeyError('more_scopes', `must be some of the scopes that the key has: ${has}`)
    }
    await requireSecret(transaction, change, before, now)
    const row = await updateApiKey(transaction, id, columnsOf(change, before))
    if (row === undefined) throw cannotBe('changed', before, now)
    const after = fromRow(row)
    const detail = differences(before, after, now)
    if (Object.keys(detail.after).length > 0) {
      await record(transaction, by, { action: 'change', keyId: id, detail })
    }
    return after
  })

const requireSecret = async (
  db: Database,
  { webhookUrl }: KeyChange,
  { ownerId }: StoredKey,
  now: number,
) => {
  if (typeof webhookUrl !== 'string' || (await hasWebhookSecret(db, ownerId, now))) return
  throw new KeyError('no_webhook_secret', 'needs a webhook secret. Create one for the key first')
}

const columnsOf = (change: KeyChange, before: StoredKey): ApiKeyChange => {
  const { name, note, scopes, models, rate, dailyQuota, maxJobs, expiresAt, webhookUrl } = change
  return {
    name: name ?? before.name,
    ...(note !== undefined && { note }),
    ...(scopes && { scopes: scopes.join(' ') }),
    ...(models !== undefined && { models: models?.join(' ') ?? null }),
    ...(rate !== undefined && rateColumns(rate)),
    ...(dailyQuota !== undefined && { daily_quota: dailyQuota }),
    ...(maxJobs !== undefined && { max_jobs: maxJobs }),
    ...(expiresAt !== undefined && { expires_at: expiresAt }),
    ...(webhookUrl !== undefined && { webhook_url: webhookUrl }),
  }
}

const rateColumns = (rate: Rate | null): Pick<ApiKeyRow, 'rate_requests' | 'rate_seconds'> => ({
  rate_requests: rate?.requests ?? null,
  rate_seconds: rate?.seconds ?? null,
})

/** The members of the described key that have changed. */
const differences = (before: StoredKey, after: StoredKey, now: number) => {
  const then = Object.entries(describeKey(before, now))
  const became = new Map<string, unknown>(Object.entries(describeKey(after, now)))
  const changed = then.filter(
    ([name, value]) =>
      name !== 'state' && JSON.stringify(value) !== JSON.stringify(became.get(name)),
  )
  return {
    before: Object.fromEntries(changed),
    after: Object.fromEntries(changed.map(([name]) => [name, became.get(name)])),
  }
}
