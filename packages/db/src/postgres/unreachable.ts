import pg from 'pg'
import { DatabaseUnreachableError } from '../connection/errors.ts'

/**
 * The codes with which a server ends or refuses a connection (PostgreSQL, Appendix A): connection exceptions, too many
 * connections, shutdown or start, a transaction that was idle for too long, a login or a database that was removed.
 */
const endingCodes = ['08', '53300', '57P', '25P03', '28', '3D']

/** Messages of `pg` about a lost connection, or one that does not answer. It has no codes for these. */
const lost = /^(Connection terminated|Query read timeout|Client (has encountered|was closed))/

/** The operating system's codes: `ECONNRESET`, `EPIPE`, `ETIMEDOUT`. */
const systemCode = /^E[A-Z]+$/

/** Whether an error of a query means that its connection is lost. */
export const isConnectionLost = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  if (error instanceof pg.DatabaseError) return endingCodes.some((begin) => code.startsWith(begin))
  return lost.test(error.message) || systemCode.test(code)
}

/** The error that says why there is no connection. */
export const unreachableError = (cause: unknown): DatabaseUnreachableError => {
  const reason = cause instanceof Error ? cause.message : String(cause)
  const what = cause instanceof pg.DatabaseError ? 'ends the connection' : 'does not answer'
  return new DatabaseUnreachableError(`PostgreSQL ${what}: ${reason}`, { cause })
}
