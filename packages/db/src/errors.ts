export type DatabaseErrorCode = 'missing' | 'not_a_database' | 'foreign' | 'newer' | 'unusable'

/** The database cannot be opened; the message says which file, why, and what to do. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
  readonly code: DatabaseErrorCode

  constructor(code: DatabaseErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

const sqliteCode = (error: unknown) =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** Whether another connection held the lock for longer than the busy timeout. */
export const isBusy = (error: unknown): boolean => sqliteCode(error).startsWith('SQLITE_BUSY')

const passing = ['SQLITE_BUSY', 'SQLITE_FULL', 'SQLITE_IOERR']

/** Whether it is for the moment only that the database cannot be written: it is locked, the disk is full or
 * does not answer. Nothing was written, and the same may succeed later. */
export const isUnwritable = (error: unknown): boolean =>
  passing.some((code) => sqliteCode(error).startsWith(code))

/** Says in words what SQLite or the file system found wrong with the file at `path`. */
export const explainOpenFailure = (path: string, error: unknown): DatabaseError => {
  if (error instanceof DatabaseError) return error
  const code = sqliteCode(error)
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return new DatabaseError(
      'not_a_database',
      `${path} is not a SQLite database. It was left as it is: move it away, or set DATABASE_URL to another file.`,
      { cause: error },
    )
  }
  const reason = error instanceof Error ? error.message : String(error)
  return new DatabaseError(
    'unusable',
    `The database ${path} cannot be opened for writing (${reason}). Check that its folder exists and that you may write there, or set DATABASE_URL to another file.`,
    { cause: error },
  )
}
