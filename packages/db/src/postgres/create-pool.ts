import { setTimeout as wait } from 'node:timers/promises'
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import pg from 'pg'
import { DatabaseAwayError, isUnwritable } from '../errors.ts'

const pauseMs = 100
/** A connection that does not answer is not waited for at the end. */
const endWithinMs = 1000

/**
 * Makes the pool that Kysely takes its connections from. Whoever asks for one while the server is away waits until it
 * is back, or `connectTimeoutMs` are over; a connection that was lost or has stopped answering is thrown away.
 */
export const createPool = (
  config: pg.PoolConfig & { readonly connectionTimeoutMillis?: number | undefined },
): PostgresPool => {
  const pool = new pg.Pool(config)
  pool.on('error', () => {}) // An idle connection was lost: the pool makes another.
  pool.on('connect', (client) => client.on('error', () => {})) // Whoever uses it is told by its query.

  const connect = async (): Promise<pg.PoolClient> => {
    const deadline = performance.now() + (config.connectionTimeoutMillis ?? 0)
    for (;;) {
      try {
        return await pool.connect()
      } catch (cause) {
        // A server that starts or is full says so; any other answer will be the same the next time.
        const isPassing = !(cause instanceof pg.DatabaseError) || isUnwritable(cause)
        if (!isPassing || performance.now() + pauseMs > deadline) throw awayUnlessAnswered(cause)
        await wait(pauseMs)
      }
    }
  }

  return {
    options: pool.options,
    connect: async () => checkedOut(await connect()),
    end: async () => {
      await Promise.race([pool.end(), wait(endWithinMs, undefined, { ref: false })])
    },
  }
}

const checkedOut = (client: PostgresPoolClient): PostgresPoolClient => {
  let isBroken = false
  const noteAway = (cause: unknown): never => {
    const error = awayUnlessAnswered(cause)
    isBroken ||= error instanceof DatabaseAwayError
    throw error
  }
  function query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>
  function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>
  function query<R>(query: string | PostgresCursor<R>, parameters: readonly unknown[] = []) {
    return typeof query === 'string'
      ? client.query<R>(query, parameters).catch(noteAway)
      : client.query(query)
  }
  return { query, release: () => client.release(isBroken) }
}

/** Anything but an answer of the server means that there is no connection any more, or none that answers. So does
 * its goodbye. */
const awayUnlessAnswered = (error: unknown): unknown => {
  if (error instanceof pg.DatabaseError && error.severity !== 'FATAL') return error
  const reason = error instanceof Error ? error.message : String(error)
  const what = error instanceof pg.DatabaseError ? 'ends the connection' : 'does not answer'
  return new DatabaseAwayError(`PostgreSQL ${what}: ${reason}`, { cause: error })
}
