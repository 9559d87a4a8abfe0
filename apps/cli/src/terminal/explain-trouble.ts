import { loadConfig } from '@dsapi/config'
import { explainDatabaseFailure } from '@dsapi/db'
import { explainSystemError } from './explain-system-error.ts'

/** Says in words what is wrong with the database or the machine; undefined for an error that may be a fault of ours. */
export const explainTrouble = (error: unknown): string | undefined => {
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
    return undefined // A wrong setting is told where it is needed.
  }
}

/** What the operating system was asked about: a path, or else what it was asked to do. */
const subjectOf = (error: unknown) => {
  if (!(error instanceof Error)) return 'The machine'
  if ('path' in error && typeof error.path === 'string') return error.path
  return 'syscall' in error ? `The call ${String(error.syscall)} failed` : error.message
}
