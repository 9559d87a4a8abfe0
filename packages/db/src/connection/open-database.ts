import type { Database } from '../schema.ts'
import { openSqlite } from '../sqlite/open-sqlite.ts'
import { type DatabaseSettings, sqlitePath } from './database-settings.ts'
import type { OpenOptions } from './open-options.ts'

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
  const { openPostgres } = await import('../postgres/open-postgres.ts') // Not loaded for a file.
  return openPostgres(settings, options)
}
