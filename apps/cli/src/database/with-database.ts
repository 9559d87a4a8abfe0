import { loadConfig } from '@dsapi/config'
import {
  type Database,
  type DatabaseSettings,
  explainDatabaseFailure,
  type OpenOptions,
  openDatabase,
} from '@dsapi/db'

/**
 * Opens the database for as long as `task` takes.
 *
 * @throws DatabaseError when it cannot be opened, and for errors of the database during the task
 */
export const withDatabase = async <T>(
  settings: DatabaseSettings,
  task: (db: Database) => Promise<T>,
  options: OpenOptions = {},
): Promise<T> => {
  await using db = await openDatabase(settings, options)
  try {
    return await task(db)
  } catch (error) {
    throw explainDatabaseFailure(settings.url, error) ?? error
  }
}

/** Runs a task with the database that the settings name. */
export const withOwnDatabase = <T>(task: (db: Database) => Promise<T>): Promise<T> =>
  withDatabase(loadConfig().database, task)
