import { type Database, inTransaction, takeAdvisoryLock } from '@dsapi/db'

/**
 * Runs a task in a transaction under an advisory lock, so that of several hosts that start on an empty database
 * only one creates what is missing.
 */
export const withSetupLock = <T>(
  db: Database,
  task: (transaction: Database) => Promise<T>,
): Promise<T> =>
  inTransaction(db, async (transaction) => {
    await takeAdvisoryLock(transaction, 'setup')
    return task(transaction)
  })
