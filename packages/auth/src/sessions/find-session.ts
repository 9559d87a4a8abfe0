import {
  type ConsoleSessionRow,
  type Database,
  findConsoleSession,
  inTransaction,
  touchConsoleSession,
} from '@dsapi/db'
import { LRUCache } from 'lru-cache'
import type { FollowedKeys } from '../keys/follow-keys.ts'
import { stateOf } from '../keys/stored-key.ts'
import { type FoundSession, hashSecret, isLive, keyOfCode, sessionOf } from './session.ts'

/** The form of a token: 256 bits in base64url. */
export const consoleSessionPattern: RegExp = /^[A-Za-z0-9_-]{43}$/

/**
 * Finds the session of a token, with the rights that its key has now; undefined for a session that has ended.
 *
 * @param isPerson whether a person caused the request: a page that asks by itself does not keep a session alive
 */
export type FindSession = (token: string, isPerson: boolean) => Promise<FoundSession | undefined>

/** Together with a look at the database, less than the second within which every process must know of an end. */
const trustedMs = 750
const remembered = 1000
/** The time at which a person was there is kept to the minute. */
const touchEveryMs = 60_000

export const createSessionFinder = (
  db: Database,
  keys: Pick<FollowedKeys, 'findById' | 'isFresh' | 'refresh'>,
): FindSession => {
  const rows = new LRUCache<string, Promise<ConsoleSessionRow | undefined>>({
    max: remembered,
    ttl: trustedMs,
    ttlResolution: 0,
  })

  const rowOf = (tokenSha256: string) => {
    const known = rows.get(tokenSha256)
    if (known !== undefined) return known
    const row = findConsoleSession(db, tokenSha256)
    rows.set(tokenSha256, row)
    row.catch(() => rows.delete(tokenSha256))
    return row
  }

  const activeKey = (id: string, now: number) => {
    const key = keys.findById(id)
    return key !== undefined && stateOf(key, now) === 'active' ? key : undefined
  }

  /** The rights of the key at this moment; undefined where it is not accepted any more. */
  const keyOf = async (row: ConsoleSessionRow, now: number) => {
    if (row.key_id === null) return keyOfCode(row)
    const known = activeKey(row.key_id, now)
    if (known !== undefined && keys.isFresh()) return known
    // It may have been made or enabled a moment ago.
    await keys.refresh()
    return activeKey(row.key_id, now)
  }

  return async (token, isPerson) => {
    if (!consoleSessionPattern.test(token)) return undefined
    const tokenSha256 = hashSecret(token)
    const row = await rowOf(tokenSha256)
    const now = Date.now()
    if (row === undefined || !isLive(row, now)) return undefined
    const key = await keyOf(row, now)
    if (key === undefined) return undefined
    if (isPerson && now - row.seen_at >= touchEveryMs) {
      await inTransaction(db, (transaction) => touchConsoleSession(transaction, row.id, now))
      rows.delete(tokenSha256)
    }
    return { session: sessionOf(row), key }
  }
}
