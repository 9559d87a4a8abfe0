import type { Database } from '../schema.ts'
import { openSqliteReadOnly } from '../sqlite/open-sqlite-read-only.ts'
import { type DatabaseSettings, sqlitePath } from './database-settings.ts'
import { requireUpToDate } from './migrate.ts'

/**
 * Opens a database for reading alone, without migrating it.
 *
 * @throws DatabaseError when it cannot be opened, or its schema is not that of this version
 */
export const openReadOnly = async (settings: DatabaseSettings): Promise<Database> => {
  const db = await open(settings)
  try {
    await requireUpToDate(db, settings.url)
    return db
  } catch (error) {
    await db.destroy()
    throw error
  }
}

const open = async (settings: DatabaseSettings): Promise<Database> => {
  const path = sqlitePath(settings.url)
  if (path !== undefined) return openSqliteReadOnly(path)
  const { openPostgresReadOnly } = await import('../postgres/open-postgres-read-only.ts')
  return openPostgresReadOnly(settings)
}
