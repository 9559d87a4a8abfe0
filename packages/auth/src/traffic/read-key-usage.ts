import { type Database, listKeyUsage, listUsageOn } from '@dsapi/db'
import type { StoredKey } from '../keys/stored-key.ts'

const dayMs = 86_400_000

/** Requests of a key on a day (UTC), as JSON. */
export type DayOfKey = {
  readonly day: string
  readonly requests: number
  /** Answered with a status from 400 to 499. */
  readonly client_errors: number
  readonly server_errors: number
}

export type KeyUsage = { readonly id: string; readonly days: readonly DayOfKey[] }

/**
 * What is counted of one key or of all, on the days of a window up to now, to the minute. Days and keys without requests are
 * left out.
 */
export const readKeyUsage = async (
  db: Database,
  options: { readonly keyId?: string; readonly days: number; readonly now: number },
): Promise<readonly KeyUsage[]> => {
  const { keyId, days, now } = options
  const since = Math.floor(now / dayMs) - days + 1
  const rows = await listKeyUsage(db, { keyId, since })
  return [...Map.groupBy(rows, ({ key_id }) => key_id)].map(([id, ofKey]) => ({
    id,
    days: ofKey.map(({ day, key_id, ...counts }) => ({
      day: new Date(day * dayMs).toISOString().slice(0, 10),
      ...counts,
    })),
  }))
}

/** Finds how many requests each key and the others of its line have made today (UTC), to the minute, and for keys with a
 * daily quota to the second. */
export const readUsedToday = async (
  db: Database,
  keys: readonly StoredKey[],
  now: number,
): Promise<(key: StoredKey) => number> => {
  const day = Math.floor(now / dayMs)
  const ownerOf = new Map(keys.map(({ id, ownerId }) => [id, ownerId]))
  const counted = new Map<string, number>()
  for (const { key_id, requests } of await listKeyUsage(db, { since: day })) {
    const owner = ownerOf.get(key_id) ?? key_id
    counted.set(owner, (counted.get(owner) ?? 0) + requests)
  }
  const ofQuotas = await listUsageOn(db, day)
  const taken = new Map(ofQuotas.map(({ owner_id, requests }) => [owner_id, requests]))
  return ({ ownerId, dailyQuota }) =>
    (dailyQuota === null ? undefined : taken.get(ownerId)) ?? counted.get(ownerId) ?? 0
}
