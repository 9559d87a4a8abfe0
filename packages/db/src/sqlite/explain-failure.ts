import { DatabaseError } from '../errors.ts'

/** Says in words what SQLite or the file system found wrong with the file at `path`. */
export const explainFailure = (path: string, error: unknown): DatabaseError => {
  if (error instanceof DatabaseError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
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
