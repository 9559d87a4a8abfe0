import type { ApiKeyRow } from '@dsapi/db'
import { formatRate, type Rate } from '../limits/rate.ts'
import { isScope, type Scope } from './scopes.ts'

export type KeyState = 'active' | 'disabled' | 'expired' | 'revoked'

/** A stored key: everything except the key itself. Times are in milliseconds since 1970. */
export type StoredKey = {
  readonly id: string
  /** The first key of the line of rotated keys that this one continues: what it makes belongs to
   * that line, and its limits are shared by it. */
  readonly ownerId: string
  readonly name: string
  readonly note: string
  readonly hash: string
  readonly prefix: string
  readonly suffix: string
  readonly scopes: readonly Scope[]
  /** The names of the models that it may use; null: all. */
  readonly models: readonly string[] | null
  readonly rate: Rate | null
  /** Requests a day (UTC). */
  readonly dailyQuota: number | null
  /** How many jobs may wait; null: the limit of the server. */
  readonly maxJobs: number | null
  readonly createdBy: string
  readonly createdAt: number
  readonly expiresAt: number | null
  readonly disabledAt: number | null
  readonly revokedAt: number | null
  /** The id of the key that a rotation put in its place. */
  readonly replacedBy: string | null
  /** To the minute. */
  readonly lastUsedAt: number | null
  /** Where the ends of its jobs are reported, unless a request names another URL. */
  readonly webhookUrl: string | null
}

export const fromRow = (row: ApiKeyRow): StoredKey => ({
  id: row.id,
  ownerId: row.owner_id,
  name: row.name,
  note: row.note,
  hash: row.hash,
  prefix: row.prefix,
  suffix: row.suffix,
  scopes: row.scopes.split(' ').filter(isScope),
  models: row.models?.split(' ') ?? null,
  rate:
    row.rate_requests === null || row.rate_seconds === null
      ? null
      : { requests: row.rate_requests, seconds: row.rate_seconds },
  dailyQuota: row.daily_quota,
  maxJobs: row.max_jobs,
  createdBy: row.created_by,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  disabledAt: row.disabled_at,
  revokedAt: row.revoked_at,
  replacedBy: row.replaced_by,
  lastUsedAt: row.last_used_at,
  webhookUrl: row.webhook_url,
})

/** Whether a stored key is accepted at an instant, or why it is not. */
export const stateOf = (key: StoredKey, now: number): KeyState => {
  if (key.revokedAt !== null) return 'revoked'
  if (key.expiresAt !== null && key.expiresAt <= now) return 'expired'
  return key.disabledAt === null ? 'active' : 'disabled'
}

const iso = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString())

/** A stored key as JSON: with its first and last characters, without its hash. */
export const describeKey = (key: StoredKey, now: number) => ({
  id: key.id,
  name: key.name,
  key: `${key.prefix}…${key.suffix}`,
  state: stateOf(key, now),
  scopes: key.scopes,
  models: key.models,
  rate: key.rate && formatRate(key.rate),
  daily_quota: key.dailyQuota,
  max_jobs: key.maxJobs,
  note: key.note,
  webhook_url: key.webhookUrl,
  created_by: key.createdBy,
  created_at: iso(key.createdAt),
  expires_at: iso(key.expiresAt),
  disabled_at: iso(key.disabledAt),
  revoked_at: iso(key.revokedAt),
  last_used_at: iso(key.lastUsedAt),
  replaced_by: key.replacedBy,
})

export type KeyDescription = ReturnType<typeof describeKey>
