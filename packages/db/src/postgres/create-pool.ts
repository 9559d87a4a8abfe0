import { setTimeout as wait } from 'node:timers/promises'
import type { PostgresPool } from 'kysely'
import pg from 'pg'
import { DatabaseUnreachableError } from '../connection/errors.ts'
import { checkedOut } from './checked-out.ts'
import { trackSockets } from './track-sockets.ts'
import { mayPass, unreachableBecause } from './unreachable.ts'

const pauseMs = 100
/** A connection that does not answer is not waited for at the end. */
const endWithinMs = 1000

/**
 * Makes the pool that Kysely takes its connections from. While the server is unreachable, a request for a connection waits
 * until there is one, or `connectTimeoutMs` are over. A connection that was lost or has stopped answering is closed. The
 * end of the pool rejects all requests that still wait.
 */
export const createPool = (
  config: pg.PoolConfig & { readonly connectionTimeoutMillis?: number | undefined },
): PostgresPool => {
  const sockets = trackSockets()
  const pool = new pg.Pool({ ...config, stream: sockets.open })
  let isEnding = false
  pool.on('error', () => {}) // An idle connection was lost: the pool makes another.
  pool.on('connect', (client) => client.on('error', () => {})) // The query that uses it fails with the error.

  const connect = async (): Promise<pg.PoolClient> => {
    const deadline = performance.now() + (config.connectionTimeoutMillis ?? 0)
    for (;;) {
      try {
        return await pool.connect()
      } catch (cause) {
        if (!mayPass(cause) || isEnding || performance.now() + pauseMs > deadline)
          throw isFull(cause) ? allInUse(pool) : unreachableBecause(cause)
        await wait(pauseMs)
      }
    }
  }

  return {
    options: pool.options,
    connect: async () => checkedOut(await connect()),
    end: async () => {
      isEnding = true
      await Promise.race([pool.end(), wait(endWithinMs, undefined, { ref: false })])
      sockets.closeAll()
    },
  }
}

/** What `pg-pool` says when nobody has given a connection back in time. */
const isFull = (error: unknown) =>
  error instanceof Error && error.message === 'timeout exceeded when trying to connect'

const allInUse = ({ totalCount }: pg.Pool) =>
  new DatabaseUnreachableError(
    `All ${totalCount} connections to PostgreSQL are in use (DSAPI_DATABASE_POOL); none became free in time`,
  )
