import { nameOfDatabase } from '../database-settings.ts'
import { DatabaseAwayError, DatabaseError } from '../errors.ts'

/** What may be wrong with what DATABASE_URL says, by SQLSTATE (PostgreSQL, Appendix A). */
const explanations: Readonly<Record<string, readonly [DatabaseError['code'], string]>> = {
  '3D000': ['missing', 'There is no such database. Make it: createdb, or CREATE DATABASE'],
  '28P01': ['refused', 'The password is wrong. Correct it in DATABASE_URL'],
  '28000': [
    'refused',
    'The server lets nobody in this way. Correct DATABASE_URL, or its pg_hba.conf',
  ],
  '42501': [
    'refused',
    'This user may not make tables there. Make it the owner: ALTER DATABASE … OWNER TO',
  ],
}

/** Says in words why a database of PostgreSQL cannot be opened; never with its password. */
export const explainFailure = (url: string, error: unknown): DatabaseError => {
  if (error instanceof DatabaseError) return error
  const [code, says] = explanations[sqlStateOf(error)] ?? [
    'unusable',
    error instanceof DatabaseAwayError
      ? 'Start the server, or correct DATABASE_URL'
      : 'Correct DATABASE_URL',
  ]
  const reason = error instanceof Error ? error.message : String(error)
  return new DatabaseError(
    code,
    `The database ${nameOfDatabase(url)} cannot be used (${reason}). ${says}.`,
    { cause: error },
  )
}

/** A refused login ends the connection, so it stands behind the error that says so. */
const sqlStateOf = (error: unknown): string => {
  const told = error instanceof DatabaseAwayError ? error.cause : error
  return told instanceof Error && 'code' in told ? String(told.code) : ''
}
