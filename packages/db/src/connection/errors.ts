export type DatabaseErrorCode =
  | 'missing'
  | 'not_a_database'
  | 'foreign'
  | 'newer'
  | 'refused'
  | 'unfinished'
  | 'unusable'

/** The database cannot be opened; the message says which one, why, and what to do. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
  readonly code: DatabaseErrorCode

  constructor(code: DatabaseErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** There is no connection to the database, or it was lost: what was asked for last may have been done or not. */
export class DatabaseUnreachableError extends Error {
  override readonly name = 'DatabaseUnreachableError'
}

/** A statement was prepared before a migration changed its table. Nothing was done: the transaction may begin again. */
export class StalePlanError extends Error {
  override readonly name = 'StalePlanError'
}

/** The code of SQLite's library (`SQLITE_BUSY`), PostgreSQL's SQLSTATE (`40P01`), or the system's (`ENOENT`). */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

const hasCode = (error: unknown, ...codes: readonly string[]) =>
  codes.some((code) => codeOf(error).startsWith(code))

/** Whether a transaction was undone for the sake of another one, so that it may be begun again: another
 * connection of SQLite held the lock for longer than the busy timeout; PostgreSQL found a deadlock, or a migration
 * has made a prepared statement useless. */
export const isBusy = (error: unknown): boolean =>
  error instanceof StalePlanError ||
  // serialization_failure, deadlock_detected, lock_not_available
  hasCode(error, 'SQLITE_BUSY', '40001', '40P01', '55P03')

/**
 * Whether the database cannot be written for the moment only: it is locked, unreachable, stopping, its disk is
 * full or does not answer. The same may succeed later.
 *
 * Source of the codes: PostgreSQL, Appendix A.
 */
export const isUnwritable = (error: unknown): boolean =>
  error instanceof DatabaseUnreachableError ||
  isBusy(error) ||
  hasCode(error, 'SQLITE_FULL', 'SQLITE_IOERR') ||
  // Connection exceptions, insufficient resources, operator's intervention (a statement's time limit among
  // them), system errors; a transaction that was silent for too long; a server that only reads for now.
  hasCode(error, '08', '53', '57', '58', '25P03', '25006')
