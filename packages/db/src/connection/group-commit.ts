import type { Database } from '../schema.ts'
import { isUnwritable } from './errors.ts'
import { inTransaction } from './in-transaction.ts'

type Task<T> = (transaction: Database) => Promise<T>

type Entry = {
  readonly run: (transaction: Database) => Promise<() => void>
  readonly fail: (error: unknown) => void
}

const waiting = new WeakMap<Database, Entry[]>()
/** So that one commit does not keep everybody waiting for too long. */
const mostAtOnce = 500

/**
 * Writes something together with whatever else is to be written at this moment: all calls of
 * one iteration of the event loop, or during the commit before, share one commit, because a commit is what takes a disk its
 * time. Resolves when it is on disk. A task that throws fails by itself.
 *
 * @param task may be run more than once, so it must do nothing but ask the database
 * @throws an error of which `isUnwritable` is true when another process held the lock for too long, or the
 *   disk is full
 */
export const groupCommit = <T>(db: Database, task: Task<T>): Promise<T> => {
  if (db.isTransaction) return task(db)
  return new Promise<T>((resolve, reject) => {
    const run = async (transaction: Database) => {
      const value = await task(transaction)
      return () => resolve(value)
    }
    const entries = waiting.get(db)
    if (entries !== undefined) {
      entries.push({ run, fail: reject })
      return
    }
    waiting.set(db, [{ run, fail: reject }])
    setImmediate(() => void commitAll(db))
  })
}

const commitAll = async (db: Database) => {
  for (;;) {
    const entries = waiting.get(db)?.splice(0, mostAtOnce) ?? []
    if (entries.length === 0) break
    await commit(db, entries)
  }
  waiting.delete(db)
}

const commit = async (db: Database, entries: readonly Entry[]): Promise<void> => {
  try {
    const done = await inTransaction(db, async (transaction) => {
      const settle: (() => void)[] = []
      for (const { run } of entries) settle.push(await run(transaction))
      return settle
    })
    for (const settle of done) settle()
  } catch (error) {
    // Nothing was written. If one of them is at fault, it shows when each is written by itself.
    const isOnesFault = entries.length > 1 && !isUnwritable(error)
    if (isOnesFault) for (const entry of entries) await commit(db, [entry])
    else for (const entry of entries) entry.fail(error)
  }
}
