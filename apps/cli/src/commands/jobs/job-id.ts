import { type JobId, parseJobId } from '@dsapi/queue'
import { CliError } from '../../terminal/cli-error.ts'

/** Parses the id of a job. */
export const readJobId = (text: string): JobId => {
  const id = parseJobId(text)
  if (id === undefined) throw noSuchJob(text)
  return id
}

export const noSuchJob = (text: string): CliError =>
  new CliError(`There is no job ${text}. See: dsapi jobs list`)
