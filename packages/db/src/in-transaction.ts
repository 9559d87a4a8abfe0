import { setTimeout } from 'node:timers/promises'
import { isBusy } from './errors.ts'
import type { Database } from './schema.ts'

/** How long a writer waits for another process to let go of the database. */
const patienceMs = 5000
const pauseMs = 20

/**
 * Runs a task in a transaction, all of it or nothing; in the one that `db` is, where it is one. While
 * another process holds the database's lock this waits without stopping the process.
 *
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
      // A transaction takes the lock as it begins (see `immediate-dialect.ts`): nothing was done yet.
      return await db.transaction().execute(task)
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error
      await setTimeout(pauseMs)
    }
  }
}
