import type { PostgresCursor, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import pg from 'pg'
import { DatabaseUnreachableError, StalePlanError } from '../connection/errors.ts'
import { isUnreachable, unreachableBecause } from './unreachable.ts'

/** With more values there would be too many different statements, as with lists of ids. */
const mostNamedValues = 20
const names = new Map<string, string>()

/** A statement with a name is parsed and planned once on each connection, which is most of what it costs. */
const nameOf = (sql: string, values: readonly unknown[]): { readonly name?: string } => {
  if (values.length === 0 || values.length > mostNamedValues) return {}
  const name = names.get(sql) ?? `dsapi_${names.size}`
  names.set(sql, name)
  return { name }
}

/**
 * A connection of the pool for as long as Kysely has it. It is thrown away afterwards if it was lost or does not answer,
 * or if the schema was migrated since its statements were prepared.
 */
export const checkedOut = (client: pg.PoolClient): PostgresPoolClient => {
  let unreachable: DatabaseUnreachableError | undefined
  let isStale = false
  let isInTransaction = false
  const withCursors: PostgresPoolClient = client

  const run = async <R>(
    sql: string,
    values: readonly unknown[],
  ): Promise<PostgresQueryResult<R>> => {
    const name = isStale ? {} : nameOf(sql, values)
    const answer: pg.QueryResult = await client.query({ ...name, text: sql, values: [...values] })
    if (sql === 'begin') isInTransaction = true
    if (sql === 'commit' || sql === 'rollback') isInTransaction = false
    // Kysely knows seven commands, where pg has any text.
    const command = answer.command as PostgresQueryResult<R>['command']
    return { command, rowCount: answer.rowCount ?? 0, rows: answer.rows }
  }

  function query<R>(sql: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>
  function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>
  function query<R>(query: string | PostgresCursor<R>, values: readonly unknown[] = []) {
    if (typeof query !== 'string') return withCursors.query(query)
    if (unreachable !== undefined) return Promise.reject(unreachable) // A rollback would wait behind the unanswered query.
    return run<R>(query, values).catch((cause: unknown) => {
      const error = isUnreachable(cause) ? unreachableBecause(cause) : cause
      if (error instanceof DatabaseUnreachableError) unreachable = error
      if (!hasStalePlan(error)) throw error
      isStale = true
      // In a transaction nothing more can be done; `inTransaction` begins it again.
      if (isInTransaction) throw new StalePlanError('The schema was migrated', { cause })
      return run<R>(query, values)
    })
  }
  return { query, release: () => client.release(isStale || unreachable !== undefined) }
}

/** Whether a named statement's table has got another column since it was prepared. PostgreSQL calls that a feature which
 * it does not support; what it is shows in the routine that has found it. */
const hasStalePlan = (error: unknown) =>
  error instanceof pg.DatabaseError &&
  error.code === '0A000' &&
  error.routine === 'RevalidateCachedQuery'
