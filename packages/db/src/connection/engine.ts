import { type ColumnDefinitionBuilder, type Expression, PostgresAdapter, sql } from 'kysely'
import type { Database } from '../schema.ts'

// All that SQLite and PostgreSQL need in different SQL. Everything else is the same SQL for both; how a connection is opened is in `sqlite/` and `postgres/`.

/** Anything that knows its engine: a connection, a transaction, the database of a migration. */
type Executing = Pick<Database, 'getExecutor'>

export const isPostgres = (db: Executing): boolean =>
  db.getExecutor().adapter instanceof PostgresAdapter

type Column = (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder

/** The types of columns. Instants need more than the four bytes of PostgreSQL's `integer`; texts are compared
 * byte by byte, as SQLite does it. */
export const columnTypes = (db: Executing) =>
  isPostgres(db)
    ? ({
        ...({ integer: 'bigint', real: 'double precision', bytes: 'bytea' } as const),
        text: sql`text collate "C"`,
      } as const)
    : ({ integer: 'integer', real: 'real', bytes: 'blob', text: 'text' } as const)

/** A primary key that counts rows and is never given twice. */
export const counted = (db: Executing): Column =>
  isPostgres(db)
    ? (column) => column.primaryKey().generatedByDefaultAsIdentity()
    : (column) => column.primaryKey().autoIncrement()

/** A primary key that counts rows; the number of a deleted one may be given again. */
export const numbered = (db: Executing): Column =>
  isPostgres(db) ? counted(db) : (column) => column.primaryKey()

/** Locks the rows that a query finds and leaves out those that others have locked. SQLite has one writer at a
 * time, who locks everything. */
export const skipLocked = <Query extends { forUpdate: () => { skipLocked: () => Query } }>(
  db: Executing,
  query: Query,
): Query => (isPostgres(db) ? query.forUpdate().skipLocked() : query)

/** A column that SQLite shall not look for an index of; PostgreSQL has statistics to choose by. */
export const unindexed = <T>(db: Executing, column: string): Expression<T> =>
  isPostgres(db) ? sql.ref<T>(column) : sql<T>`+${sql.ref(column)}`

/** The elements of a JSON array, as a table with one column, `value`. */
export const jsonElements = (db: Executing, array: unknown) => {
  const json = JSON.stringify(array)
  return isPostgres(db)
    ? sql`json_array_elements(${json}::json) as element(value)`
    : sql`json_each(${json})`
}

/** Whether a column has one of these texts. Both engines look each of them up in the index of the column: a join with
 * `jsonElements` has PostgreSQL read the whole index. */
export const isOneOf = (db: Executing, column: string, texts: readonly string[]) =>
  isPostgres(db)
    ? sql`${sql.ref(column)} = any(${[...texts]}::text[])`
    : sql`${sql.ref(column)} in (select value from ${jsonElements(db, texts)})`

/** A whole number in a text that is JSON; null where there is none. */
export const jsonMember = (db: Executing, column: string, member: string) => {
  const text = sql`nullif(${sql.ref(column)}, '')`
  return isPostgres(db)
    ? sql`case when json_typeof(${text}::json) = 'object' then (${text}::json ->> ${sql.lit(member)})::int end`
    : sql`cast(json_extract(${text}, ${sql.lit(`$.${member}`)}) as integer)`
}

/** Whether there is a table of this name. */
export const hasTable = async (db: Database, name: string): Promise<boolean> => {
  const { rows } = await (isPostgres(db)
    ? sql`select 1 where to_regclass(${name}) is not null`
    : sql`select 1 from sqlite_master where type = 'table' and name = ${name}`
  ).execute(db)
  return rows.length > 0
}

/** The place of a row in its table, by which it is found again within a statement. */
export const rowPlace = (db: Executing) => (isPostgres(db) ? sql`ctid` : sql`rowid`)

/** The time of the database, in milliseconds since 1970 (UTC): one clock for all hosts. SQLite has that of its machine. */
export const databaseTime = async (db: Database): Promise<number> => {
  if (!isPostgres(db)) return Date.now()
  const { rows } = await sql<{ now: number }>`
    select (extract(epoch from clock_timestamp()) * 1000)::bigint as now`.execute(db)
  return rows[0].now
}

/** What no two transactions may do at once, each with an advisory lock. */
export type LockName = 'audit' | 'tidy' | 'setup' | 'copy' | 'models'

/** The first half of the keys of our advisory locks: 'dsap' in ASCII, as other programs may have theirs. */
const lockClass = 0x64736170
const lockOf: Readonly<Record<LockName | 'migrate', number>> = {
  migrate: 1,
  audit: 2,
  tidy: 3,
  setup: 4,
  copy: 5,
  models: 6,
}

/** Waits for the lock, and holds it to the end of the transaction. In SQLite each transaction that writes holds all locks
 * as it begins. */
export const takeAdvisoryLock = async (transaction: Database, name: LockName): Promise<void> => {
  if (!isPostgres(transaction)) return
  await sql`select pg_advisory_xact_lock(${lockClass}::int, ${lockOf[name]}::int)`.execute(
    transaction,
  )
}

/** Takes the lock to the end of the transaction, unless another one holds it. Returns whether it could. */
export const tryAdvisoryLock = async (transaction: Database, name: LockName): Promise<boolean> => {
  if (!isPostgres(transaction)) return true
  const { rows } = await sql<{ isMine: boolean }>`
    select pg_try_advisory_xact_lock(${lockClass}::int, ${lockOf[name]}::int) as "isMine"`.execute(
    transaction,
  )
  return rows[0].isMine
}

/** The id of a transaction, by which `wasCommitted` finds it; undefined for SQLite, where no answer is lost. */
export const transactionId = async (transaction: Database): Promise<string | undefined> => {
  if (!isPostgres(transaction)) return undefined
  const { rows } = await sql<{ id: string }>`select txid_current()::text as id`.execute(transaction)
  return rows[0].id
}

/**
 * Whether a transaction was committed, whose answer was lost with the connection.
 *
 * @returns undefined while PostgreSQL still has it open, because it has not noticed that the connection is lost
 */
export const wasCommitted = async (db: Database, id: string): Promise<boolean | undefined> => {
  const { rows } = await sql<{ status: string | null }>`
    select txid_status(${id}::bigint) as status`.execute(db)
  const { status } = rows[0]
  return status === 'in progress' ? undefined : status === 'committed'
}

/**
 * Runs Kysely's migrations on a connection while no other process runs any. Kysely makes its own tables before it
 * takes its lock for PostgreSQL; for SQLite it takes none, and uses no transaction.
 */
export const migratingAlone = async (
  connection: Database,
  migrate: () => Promise<void>,
): Promise<void> => {
  const run = (command: string) => sql.raw(command).execute(connection)
  if (isPostgres(connection)) {
    const lock = `${lockClass}, ${lockOf.migrate}`
    await run(`select pg_advisory_lock(${lock})`)
    await migrate().finally(() => run(`select pg_advisory_unlock(${lock})`))
    return
  }
  await run('begin immediate')
  try {
    await migrate()
  } catch (error) {
    await run('rollback')
    throw error
  }
  await run('commit')
}
