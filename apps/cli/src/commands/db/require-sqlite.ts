import { BackupError, explainDatabaseFailure, nameOfDatabase, sqlitePath } from '@dsapi/db'
import { CliError } from '../../terminal/cli-error.ts'

/**
 * The path of a SQLite database.
 *
 * @param command what does the same for PostgreSQL
 * @throws CliError for a PostgreSQL database, with that command
 */
export const requireSqlite = (url: string, command: string): string => {
  const path = sqlitePath(url)
  if (path !== undefined) return path
  throw new CliError(
    `${nameOfDatabase(url)} is a PostgreSQL database, and its own programs do this. Run:\n  ${command}`,
  )
}

/** Runs a backup or a restore, and describes its errors in words. */
export const explainingBackup = async <T>(url: string, task: () => Promise<T>): Promise<T> => {
  try {
    return await task()
  } catch (error) {
    if (error instanceof BackupError) throw new CliError(error.message, { cause: error })
    throw explainDatabaseFailure(url, error) ?? error
  }
}
