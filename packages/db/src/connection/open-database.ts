import type { Database } from '../schema.ts'
import { openSqlite } from '../sqlite/open-sqlite.ts'
import { type DatabaseSettings, sqlitePath } from './database-settings.ts'

export type OpenOptions = {
  /** Make SQLite's file if there is none; otherwise a missing file is an error, so that a misspelt path does not
   * quietly become an empty database. A database of PostgreSQL has to be there. */
  readonly create?: boolean
  /** Open a database of PostgreSQL even where `copyDatabase` was begun and is not finished: for that copy alone, which
   * takes all others that have it open for its users. */
  readonly evenUnfinished?: boolean
  /** Is told the names of the migrations that were run, if any were. */
  readonly onMigrated?: (names: readonly string[]) => void
}

/**
 * Opens a database and brings its schema up to date. Commits are on disk when they return.
 *
 * @throws DatabaseError when it is missing, is half a copy, is no database, belongs to another program, was made by a newer
 *   dsapi, or cannot be written. It is then left as it was.
 */
export const openDatabase = async (
  settings: DatabaseSettings,
  options: OpenOptions = {},
): Promise<Database> => {
  const path = sqlitePath(settings.url)
  if (path !== undefined) return openSqlite(path, options)
  const { openPostgres } = await import('../postgres/open-postgres.ts') // Not for those who have a file.
  return openPostgres(settings, options)
}
