import { setTimeout } from 'node:timers/promises'
import {
  type ApiKeyRow,
  type Database,
  every,
  findLastAuditId,
  listApiKeys,
  listApiKeysChangedAfter,
  type OnError,
} from '@dsapi/db'
import { fromRow, type StoredKey } from './stored-key.ts'

/** All stored keys, in memory, at most a second older than in the database. */
export type FollowedKeys = {
  readonly find: (hash: string) => StoredKey | undefined
  readonly findById: (id: string) => StoredKey | undefined
  /** How many keys there are. */
  readonly size: () => number
  /** Whether the keys in memory were current within the last second, by the monotonic clock. */
  readonly isFresh: () => boolean
  /** Looks at the database, once for all callers that ask at the same time. */
  readonly refresh: () => Promise<void>
  /** Stops following; resolves when the last look is over. */
  readonly stop: () => Promise<void>
}

type FollowOptions = {
  /** Is called when a look fails. Once the keys in memory are a second old, all are refused. */
  readonly onError: OnError
}

/** Every process must know a change within a second, so each looks four times a second. */
const lookEveryMs = 250
const freshForMs = 1000
/** For how long requests for a look are gathered. */
const gatherMs = 5

/**
 * Loads all keys and follows their changes. Each change is a row in the audit table, so a look reads only the end of an
 * index, however many keys there are.
 */
export const followKeys = async (
  db: Database,
  { onError }: FollowOptions,
): Promise<FollowedKeys> => {
  const byHash = new Map<string, StoredKey>()
  const byId = new Map<string, StoredKey>()
  const keep = (row: ApiKeyRow) => {
    const key = fromRow(row)
    byHash.set(key.hash, key)
    byId.set(key.id, key)
  }
  let seen = await findLastAuditId(db)
  let freshAt = performance.now()
  for (const row of await listApiKeys(db)) keep(row)

  const lookNow = async () => {
    const begun = performance.now()
    const last = await findLastAuditId(db)
    if (last !== seen) {
      const rows = await listApiKeysChangedAfter(db, seen)
      for (const row of rows) keep(row)
      seen = last
    }
    freshAt = begun
  }

  // One look at a time, because a late older answer must not undo a newer one.
  let turn: Promise<void> = Promise.resolve()
  const look = () => {
    const mine = turn.then(lookNow)
    turn = mine.catch(() => {})
    return mine
  }

  let nextLook: Promise<void> | undefined
  const loop = every(lookEveryMs, look, onError)
  return {
    find: (hash) => byHash.get(hash),
    findById: (id) => byId.get(id),
    size: () => byHash.size,
    isFresh: () => performance.now() - freshAt < freshForMs,
    refresh: () => {
      nextLook ??= setTimeout(gatherMs).then(() => {
        nextLook = undefined
        return look()
      })
      return nextLook
    },
    stop: async () => {
      const stopped = loop.stop()
      await nextLook?.catch(() => {})
      await turn
      await stopped
    },
  }
}
