import { type Database, inTransaction, takeAdvisoryLock } from '@dsapi/db'

/** Runs a task in a transaction, while no other host does the same: of several that start at once on an empty
 * database, one makes what is missing, and the others find it. */
export const withSetupLock = <T>(
  db: Database,
  task: (transaction: Database) => Promise<T>,
): Promise<T> =>
  inTransaction(db, async (transaction) => {
    await takeAdvisoryLock(transaction, 'setup')
    return task(transaction)
  })
