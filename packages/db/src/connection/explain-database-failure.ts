import { explainPostgresError } from '../postgres/explain-failure.ts'
import { explainSqliteError } from '../sqlite/explain-failure.ts'
import { sqlitePath } from './database-settings.ts'
import { DatabaseError } from './errors.ts'

/**
 * Says in words what is wrong with a database, with the same words at opening and later: it is locked, full, damaged,
 * can only be read, does not answer.
 *
 * @param url of the database that the error is about
 * @returns undefined for an error that is not about the database, or is the fault of a statement
 */
export const explainDatabaseFailure = (url: string, error: unknown): DatabaseError | undefined => {
  if (error instanceof DatabaseError) return error
  const path = sqlitePath(url)
  return path === undefined ? explainPostgresError(url, error) : explainSqliteError(path, error)
}
