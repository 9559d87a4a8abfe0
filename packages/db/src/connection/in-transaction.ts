import { setTimeout } from 'node:timers/promises'
import type { Database } from '../schema.ts'
import { isBusy } from './errors.ts'

/** How long a writer waits for another process to let go of the database. */
const patienceMs = 5000
const pauseMs = 20

/**
 * Runs a task in a transaction, all of it or nothing; in the one that `db` is, where it is one. While
 * another process holds SQLite's lock this waits without stopping the process; a transaction that PostgreSQL has undone
 * for the sake of another one is begun again.
 *
 * @param task may be run more than once, so it must do nothing but ask the database
 * @throws an error of which `isBusy` is true when the lock was not to be had for five seconds
 */
export const inTransaction = async <T>(
  db: Database,
  task: (transaction: Database) => Promise<T>,
): Promise<T> => {
  if (db.isTransaction) return task(db)
  const deadline = performance.now() + patienceMs
  for (;;) {
    try {
      return await db.transaction().execute(task)
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error
      await setTimeout(pauseMs)
    }
  }
}
