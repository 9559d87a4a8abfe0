import { existsSync, statSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import BetterSqlite3 from 'better-sqlite3'
import { Kysely } from 'kysely'
import { DatabaseError, isBusy } from '../connection/errors.ts'
import { migrate } from '../connection/migrate.ts'
import type { OpenOptions } from '../connection/open-options.ts'
import type { Database, Schema } from '../schema.ts'
import { isMarked, mark } from './application-id.ts'
import { explainFailure } from './explain-failure.ts'
import { immediateDialect } from './immediate-dialect.ts'
import { anyFile, rememberFile } from './same-file.ts'

/** How long opening and migrating wait for another process that does the same. */
const openTimeoutMs = 5000
/** How long a statement waits for another connection's lock. The whole process stands still with it, so
 * this is short; `inTransaction` waits longer, without that. */
const busyTimeoutMs = 10

/** To how much the write-ahead log is cut back once all of it is in the database. SQLite never shrinks it by itself, and
 * one large commit would keep its place on the disk for as long as any process runs. */
const keptLogBytes = 16 * 2 ** 20

/** Opens a file in WAL mode (readers never wait for a writer), with each commit on disk when it returns
 * (`synchronous=FULL`). */
export const openSqlite = async (path: string, options: OpenOptions): Promise<Database> => {
  if (!options.create && !existsSync(path)) {
    throw new DatabaseError('missing', `There is no database at ${path}. Make one: dsapi gendb`)
  }
  try {
    const before = inodeOf(path)
    const sqlite = await openFile(path)
    let file = anyFile
    const db = new Kysely<Schema>({ dialect: immediateDialect(sqlite, () => file) })
    try {
      await migrate(db, options.onMigrated)
      if (before !== undefined && inodeOf(path) !== before) throw replaced(path)
      file = rememberFile(path, sqlite.memory) // By now there are a log and its index, too.
      sqlite.pragma(`busy_timeout = ${busyTimeoutMs}`)
    } catch (error) {
      await db.destroy()
      throw error
    }
    return db
  } catch (error) {
    throw explainFailure(path, error)
  }
}

const inodeOf = (path: string) => statSync(path, { bigint: true, throwIfNoEntry: false })?.ino

/** A restore that ran at this moment has put another file in the place of the one that is open. */
const replaced = (path: string) =>
  new DatabaseError('unusable', `The database ${path} was replaced while it was opened. Try again.`)

const openFile = async (path: string) => {
  const sqlite = new BetterSqlite3(path, { timeout: openTimeoutMs })
  try {
    refuseForeign(sqlite, path)
    await enterWal(sqlite)
    if (!isMarked(sqlite)) mark(sqlite)
    sqlite.pragma('synchronous = FULL')
    sqlite.pragma('foreign_keys = ON')
    sqlite.pragma(`journal_size_limit = ${keptLogBytes}`)
    return sqlite
  } catch (error) {
    sqlite.close()
    throw error
  }
}

/**
 * Looks for tables before it looks for the mark, which a process that makes the database at this
 * moment writes first: the other way round, its fresh tables could look like somebody else's.
 */
const refuseForeign = (sqlite: BetterSqlite3.Database, path: string) => {
  const hasTables = sqlite.prepare('select 1 from sqlite_master limit 1').get() !== undefined
  if (!hasTables || isMarked(sqlite)) return
  throw new DatabaseError(
    'foreign',
    `${path} is a database of another program. It was left as it is: set DATABASE_URL to another file.`,
  )
}

/**
 * The mode is kept in the file, so this does something once in its life. SQLite does not apply the
 * busy timeout to the change of mode, hence the retries.
 */
const enterWal = async (sqlite: BetterSqlite3.Database) => {
  const deadline = Date.now() + openTimeoutMs
  for (;;) {
    try {
      sqlite.pragma('journal_mode = WAL')
      return
    } catch (error) {
      if (!isBusy(error) || Date.now() > deadline) throw error
      await setTimeout(20)
    }
  }
}
