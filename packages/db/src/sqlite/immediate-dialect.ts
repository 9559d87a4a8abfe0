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

/**
 * Begins by taking the lock for writing. A transaction that reads first and takes it later can find that
 * another has written meanwhile, and must then fail.
 */
class ImmediateDriver extends SqliteDriver {
  readonly #isInTransaction: () => boolean

  constructor(database: SqliteDatabase, isInTransaction: () => boolean) {
    super({ database })
    this.#isInTransaction = isInTransaction
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  /** Some failures, such as a full disk, end the transaction themselves. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#isInTransaction()) await super.rollbackTransaction(connection)
  }
}

class ImmediateDialect extends SqliteDialect {
  readonly #driver: Driver

  constructor(database: SqliteDatabase, isInTransaction: () => boolean) {
    super({ database })
    this.#driver = new ImmediateDriver(database, isInTransaction)
  }

  override createDriver(): Driver {
    return this.#driver
  }
}

const keptStatements = 200

/** Kysely's dialect for SQLite, with transactions that take the lock at once and statements that are
 * prepared once: Kysely prepares at each call. */
export const immediateDialect = (sqlite: BetterSqlite3.Database): SqliteDialect => {
  const statements = new LRUCache<string, BetterSqlite3.Statement>({ max: keptStatements })
  const prepare = (sql: string) => {
    const known = statements.get(sql) ?? sqlite.prepare(sql)
    statements.set(sql, known)
    return known
  }
  return new ImmediateDialect({ close: () => sqlite.close(), prepare }, () => sqlite.inTransaction)
}
