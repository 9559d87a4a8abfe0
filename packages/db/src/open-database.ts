import { type DatabaseSettings, sqlitePath } from './database-settings.ts'
import { openPostgres } from './postgres/open-postgres.ts'
import type { Database } from './schema.ts'
import { openSqlite } from './sqlite/open-sqlite.ts'

/**
 * Opens a database and brings its schema up to date. Commits are on disk when they return.
 *
 * @param options.create make SQLite's file if there is none; otherwise a missing file is an error, so that a
 *   misspelt path does not quietly become an empty database. A database of PostgreSQL has to be there.
 * @throws DatabaseError when it is missing, is no database, belongs to another program, was made by a newer
 *   dsapi, or cannot be written. It is then left as it was.
 */
export const openDatabase = (
  settings: DatabaseSettings,
  options: { readonly create?: boolean } = {},
): Promise<Database> => {
  const path = sqlitePath(settings.url)
  return path === undefined ? openPostgres(settings) : openSqlite(path, options)
}
