import type BetterSqlite3 from 'better-sqlite3'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
} from 'kysely'
import { LRUCache } from 'lru-cache'
import type { SameFile } from './same-file.ts'

type Hooks = {
  readonly isInTransaction: () => boolean
  /** Whether the file is still there: checked periodically before reads, and around each transaction. */
  readonly file: () => SameFile
}

/**
 * Begins by taking the lock for writing. A transaction that reads first and takes it later can find that
 * another has written meanwhile, and must then fail.
 */
class ImmediateDriver extends SqliteDriver {
  readonly #hooks: Hooks

  constructor(database: SqliteDatabase, hooks: Hooks) {
    super({ database })
    this.#hooks = hooks
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    this.#hooks.file().check()
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  /** Checks afterwards: what was written into a file that was lost meanwhile counts as not written. */
  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await super.commitTransaction(connection)
    this.#hooks.file().check()
  }

  /** Some failures, such as a full disk, end the transaction themselves. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#hooks.isInTransaction()) await super.rollbackTransaction(connection)
  }
}

class ImmediateDialect extends SqliteDialect {
  readonly #driver: Driver

  constructor(database: SqliteDatabase, hooks: Hooks) {
    super({ database })
    this.#driver = new ImmediateDriver(database, hooks)
  }

  override createDriver(): Driver {
    return this.#driver
  }
}

const keptStatements = 200

/** Kysely's dialect for SQLite, with transactions that take the lock at once and statements that are
 * prepared once: Kysely prepares at each call. */
export const immediateDialect = (
  sqlite: BetterSqlite3.Database,
  file: () => SameFile,
): SqliteDialect => {
  const statements = new LRUCache<string, BetterSqlite3.Statement>({ max: keptStatements })
  const prepare = (sql: string) => {
    // Not where a connection is acquired: Kysely would never release it again.
    if (!sqlite.inTransaction) file().checkPeriodically()
    const known = statements.get(sql) ?? sqlite.prepare(sql)
    statements.set(sql, known)
    return known
  }
  return new ImmediateDialect(
    { close: () => sqlite.close(), prepare },
    { isInTransaction: () => sqlite.inTransaction, file },
  )
}
