import { loadConfig } from '@dsapi/config'
import type { Database } from '@dsapi/db'
import { type JobId, parseJobId } from '@dsapi/queue'
import { CliError } from '../cli-error.ts'
import { withDatabase } from '../with-database.ts'

/** Does something in the database that the settings name. */
export const withJobs = <T>(task: (db: Database) => Promise<T>): Promise<T> =>
  withDatabase(loadConfig().databasePath, task)

/** Reads the id of a job as a person wrote it. */
export const readJobId = (text: string): JobId => {
  const id = parseJobId(text)
  if (id === undefined) throw noSuchJob(text)
  return id
}

export const noSuchJob = (text: string): CliError =>
  new CliError(`There is no job ${text}. See: dsapi jobs list`)
