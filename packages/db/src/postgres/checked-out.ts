import type { PostgresCursor, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import pg from 'pg'
import { DatabaseAwayError } from '../errors.ts'

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
 * or if somebody has migrated the schema since its statements were prepared.
 */
export const checkedOut = (client: pg.PoolClient): PostgresPoolClient => {
  let isWornOut = false
  let isInTransaction = false
  const withCursors: PostgresPoolClient = client

  const run = async <R>(
    sql: string,
    values: readonly unknown[],
  ): Promise<PostgresQueryResult<R>> => {
    const name = isWornOut ? {} : nameOf(sql, values)
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
    return run<R>(query, values).catch((cause: unknown) => {
      const error = awayUnlessAnswered(cause)
      const isStale = hasStalePlan(error)
      if (isStale || error instanceof DatabaseAwayError) isWornOut = true
      // In a transaction nothing more can be done; `inTransaction` begins it again.
      if (isStale && !isInTransaction) return run<R>(query, values)
      throw error
    })
  }
  return { query, release: () => client.release(isWornOut) }
}

/** Whether a named statement's table has got another column since it was prepared. */
const hasStalePlan = (error: unknown) => error instanceof pg.DatabaseError && error.code === '0A000' // feature_not_supported

/** Anything but an answer of the server means that there is no connection any more, or none that answers. So does
 * its goodbye. */
export const awayUnlessAnswered = (error: unknown): unknown => {
  if (error instanceof pg.DatabaseError && error.severity !== 'FATAL') return error
  const reason = error instanceof Error ? error.message : String(error)
  return new DatabaseAwayError(`PostgreSQL does not answer: ${reason}`, { cause: error })
}
