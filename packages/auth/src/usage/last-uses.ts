import { type Database, inTransaction, type OnError, oneAtATime, touchApiKeys } from '@dsapi/db'
import type { StoredKey } from '../keys/stored-key.ts'

/** When keys were last used, to the minute. */
export type LastUses = {
  /** Records that a key is used now. */
  readonly recordUse: (key: StoredKey, now: number) => void
  /** Writes what is not in the database yet. */
  readonly flush: () => Promise<void>
}

const minuteMs = 60_000

const byId = ([one]: readonly [string, number], [other]: readonly [string, number]) =>
  one < other ? -1 : 1

/** @param options.onError is called with an error when uses could not be written; they are written later */
export const createLastUses = (
  db: Database,
  { onError }: { readonly onError: OnError },
): LastUses => {
  const lastUsed = new Map<string, number>()
  const unwritten = new Map<string, number>()

  const write = async () => {
    // All hosts write the same rows, so they write them in the same order to avoid deadlocks.
    const uses = [...unwritten].toSorted(byId)
    if (uses.length === 0) return
    await inTransaction(db, (transaction) => touchApiKeys(transaction, uses))
    for (const [id, at] of uses) if (unwritten.get(id) === at) unwritten.delete(id)
  }

  return {
    recordUse: (key, now) => {
      const minute = now - (now % minuteMs)
      if (lastUsed.get(key.id) === minute) return
      lastUsed.set(key.id, minute)
      unwritten.set(key.id, minute)
    },
    flush: oneAtATime(write, onError),
  }
}
