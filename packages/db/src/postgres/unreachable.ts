import pg from 'pg'
import { DatabaseUnreachableError } from '../connection/errors.ts'

/**
 * With what a server ends a connection, or does not begin one (PostgreSQL, Appendix A): connection exceptions, too many
 * connections, shutting down or starting, a transaction that was silent for too long, a login or a database that is no
 * more.
 */
const goodbyes = ['08', '53300', '57P', '25P03', '28', '3D']

/** What `pg` says of a connection that was lost or does not answer; it has no codes for these. */
const lost = /^(Connection terminated|Query read timeout|Client (has encountered|was closed))/

/** What the operating system says of one: `ECONNRESET`, `EPIPE`, `ETIMEDOUT`. */
const systemCode = /^E[A-Z]+$/

/** Whether an error of a query means that its connection is of no use any more. */
export const isAway = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  if (error instanceof pg.DatabaseError) return goodbyes.some((begin) => code.startsWith(begin))
  return lost.test(error.message) || systemCode.test(code)
}

/** Tells why there is no connection. */
export const awayBecause = (cause: unknown): DatabaseUnreachableError => {
  const reason = cause instanceof Error ? cause.message : String(cause)
  const what = cause instanceof pg.DatabaseError ? 'ends the connection' : 'does not answer'
  return new DatabaseUnreachableError(`PostgreSQL ${what}: ${reason}`, { cause })
}
