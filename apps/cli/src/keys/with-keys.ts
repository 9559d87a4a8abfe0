import { loadConfig } from '@dsapi/config'
import type { Database } from '@dsapi/db'
import { withDatabase } from '../with-database.ts'

/** Does something in the database that the settings name. */
export const withKeys = <T>(task: (db: Database) => Promise<T>): Promise<T> =>
  withDatabase(loadConfig().databasePath, task)
