import { nameOfDatabase } from '../connection/database-settings.ts'
import { DatabaseError, DatabaseUnreachableError } from '../connection/errors.ts'

type Words = readonly [code: DatabaseError['code'], says: string]

const stopping: Words = ['unusable', 'The server is starting or stopping. Try again']
const locked: Words = ['unusable', 'Others hold what this needs. Try again']

/** What may be wrong with a server or with what DATABASE_URL says, by SQLSTATE or how it begins (PostgreSQL,
 * Appendix A); the longer comes first. */
const explanations: readonly (readonly [begin: string, words: Words])[] = [
  ['3D000', ['missing', 'There is no such database. Make it: createdb, or CREATE DATABASE']],
  ['28P01', ['refused', 'The password is wrong. Correct it in DATABASE_URL']],
  [
    '28',
    ['refused', 'The server lets nobody in this way. Correct DATABASE_URL, or its pg_hba.conf'],
  ],
  [
    '42501',
    [
      'refused',
      'This user lacks a right there. Make it the owner: ALTER DATABASE … OWNER TO, or GRANT what it needs',
    ],
  ],
  ['42P01', ['unusable', 'A table is gone. Make it again: dsapi db migrate, or restore a backup']],
  ['25006', ['unusable', 'The server can only be read: it is a standby, or set to read only']],
  ['25P03', ['unusable', 'The server ended a transaction that was silent for too long. Try again']],
  ['40', locked],
  ['55P03', locked],
  ['53100', ['unusable', "The server's disk is full. Free some space there"]],
  ['53300', ['unusable', 'The server has too many connections. End some, or allow it more']],
  ['53', ['unusable', 'The server lacks memory or disk. Free some there']],
  ['57014', ['unusable', 'It took too long. Allow more: DSAPI_DATABASE_STATEMENT_SECONDS']],
  ['57', stopping],
  ['58', ['unusable', "The server's disk does not answer. Look at its log"]],
  ['XX', ['unusable', 'Its data may be damaged. Look at the log of the server']],
  ['08', ['unusable', 'The connection was lost. Try again']],
]

/** Explains in words an error of a PostgreSQL server, never with its password; undefined where
 * our own statement is at fault. */
export const explainPostgresError = (url: string, error: unknown): DatabaseError | undefined => {
  const state = sqlStateOf(error)
  const found = explanations.find(([begin]) => state.startsWith(begin))
  if (found !== undefined) return withWords(url, error, found[1])
  if (!(error instanceof DatabaseUnreachableError)) return undefined
  return withWords(url, error, ['unusable', 'Start the server, or correct DATABASE_URL'])
}

/** The same when a database is opened, where whatever goes wrong is about the database. */
export const explainFailure = (url: string, error: unknown): DatabaseError => {
  if (error instanceof DatabaseError) return error
  return (
    explainPostgresError(url, error) ?? withWords(url, error, ['unusable', 'Correct DATABASE_URL'])
  )
}

const withWords = (url: string, error: unknown, [code, says]: Words) => {
  const reason = error instanceof Error ? error.message : String(error)
  return new DatabaseError(
    code,
    `The database ${nameOfDatabase(url)} cannot be used (${reason}). ${says}.`,
    { cause: error },
  )
}

/** A refused login ends the connection, so it stands behind the error that says so. Codes of the operating system
 * have no digits in second place. */
const sqlStateOf = (error: unknown): string => {
  const cause = error instanceof DatabaseUnreachableError ? error.cause : error
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return /^[0-9A-Z]{5}$/.test(code) && (/^\d/.test(code) || code.startsWith('XX')) ? code : ''
}
