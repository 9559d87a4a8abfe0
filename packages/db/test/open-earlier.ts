import { sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { migrations } from '../src/connection/migrate.ts'
import { type Database, openDatabase, sqlitePath } from '../src/index.ts'

/** Opens a new database as an earlier dsapi made it: released migrations are never changed. */
export const openEarlier = async (
  last: keyof typeof migrations,
  url: string,
): Promise<Database> => {
  const db = await openDatabase({ url }, { create: true })
  const cascade = sql.raw(sqlitePath(url) === undefined ? 'cascade' : '')
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  await sql`pragma foreign_keys = off`.execute(db).catch(() => {}) // SQLite's way to drop them in any order.
  for (const { name } of tables) await sql`drop table ${sql.table(name)} ${cascade}`.execute(db)
  await sql`pragma foreign_keys = on`.execute(db).catch(() => {})
  const earlier = Object.fromEntries(Object.entries(migrations).filter(([name]) => name <= last))
  const provider = { getMigrations: async () => earlier }
  const { error } = await new Migrator({ db, provider }).migrateToLatest()
  if (error !== undefined) throw error
  return db
}
