import pg from 'pg'
import { codeOf, DatabaseUnreachableError, isUnwritable } from '../connection/errors.ts'

/**
 * The errors with which a server ends a connection, or refuses one (PostgreSQL, Appendix A): connection exceptions, too
 * many connections, shutting down or starting, a transaction that was idle for too long, a login or a database that does
 * not exist any more.
 */
const connectionErrors = ['08', '53300', '57P', '25P03', '28', '3D']

/** The messages of `pg` about a connection that was lost or does not answer. It has no codes for these. */
const lost = /^(Connection terminated|Query read timeout|Client (has encountered|was closed))/

/** The codes of the operating system for such a connection: `ECONNRESET`, `EPIPE`, `ETIMEDOUT`. */
const systemCode = /^E[A-Z]+$/

/** Whether an error of a query means that its connection cannot be used any more. */
export const isUnreachable = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false
  const code = codeOf(error)
  if (error instanceof pg.DatabaseError)
    return connectionErrors.some((begin) => code.startsWith(begin))
  return lost.test(error.message) || systemCode.test(code)
}

/**
 * Whether a connection that failed may succeed soon. A server that starts or is full says so, and the network's failures
 * have codes of the operating system; any other answer, and a certificate that is not trusted, will be the same next time.
 */
export const mayPass = (cause: unknown): boolean => {
  if (cause instanceof pg.DatabaseError) return isUnwritable(cause)
  const code = codeOf(cause)
  return code === '' || /^E(?!RR)/.test(code)
}

/** The error that says why there is no connection. */
export const unreachableBecause = (cause: unknown): DatabaseUnreachableError => {
  const reason = cause instanceof Error ? cause.message : String(cause)
  const what = cause instanceof pg.DatabaseError ? 'ends the connection' : 'does not answer'
  return new DatabaseUnreachableError(`PostgreSQL ${what}: ${reason}`, { cause })
}
