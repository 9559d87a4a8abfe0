import { loadConfig } from '@dsapi/config'
import { explainDatabaseFailure } from '@dsapi/db'
import { explainSystemError } from './explain-system-error.ts'

/** Describes an error of the database or the operating system in words; undefined for one that may be a bug. */
export const explainFailure = (error: unknown): string | undefined => {
  const url = databaseUrl()
  const failure = url === undefined ? undefined : explainDatabaseFailure(url, error)
  if (failure !== undefined) return failure.message
  const reason = explainSystemError(error)
  return reason === undefined ? undefined : `${subjectOf(error)}: ${reason}`
}

const databaseUrl = () => {
  try {
    return loadConfig().database.url
  } catch {
    return undefined // A wrong setting is reported where it is needed.
  }
}

/** What the error is about: a path, or else the system call. */
const subjectOf = (error: unknown) => {
  if (!(error instanceof Error)) return 'The machine'
  if ('path' in error && typeof error.path === 'string') return error.path
  return 'syscall' in error ? `The call ${String(error.syscall)} failed` : error.message
}
