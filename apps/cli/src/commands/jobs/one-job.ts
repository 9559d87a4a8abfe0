import { cancelJob, describeJob, getJob, type Job, restartJob } from '@dsapi/queue'
import { withOwnDatabase } from '../../database/with-database.ts'
import { CliError } from '../../terminal/cli-error.ts'
import { type Json, print, printJson, say } from '../../terminal/output.ts'
import { noSuchJob, readJobId } from './job-id.ts'

export const show = async (text: string, { json }: Json): Promise<void> => {
  const id = readJobId(text)
  const job = await withOwnDatabase((db) => getJob(db, { id, keyId: undefined }))
  if (job === undefined) throw noSuchJob(text)
  if (json) {
    printJson(describeJob(job))
    return
  }
  for (const [name, value] of Object.entries(describeJob(job))) {
    const shown = typeof value === 'object' && value !== null ? JSON.stringify(value) : value
    print(`${name.replaceAll('_', ' ').padEnd(11)}  ${shown ?? '-'}`)
  }
}

const reasonAgainst = ({ state, clearedAt }: Job) =>
  clearedAt === null
    ? `its state is ${state}`
    : `its input has been deleted (its state is ${state})`

const change =
  (
    done: string,
    apply: (...args: Parameters<typeof getJob>) => Promise<Job | undefined>,
  ): ((text: string, options: Json) => Promise<void>) =>
  async (text, { json }) => {
    const whose = { id: readJobId(text), keyId: undefined }
    const { job, now } = await withOwnDatabase(async (db) => {
      const job = await apply(db, whose)
      // Read afterwards: a worker may have finished it a moment before.
      return { job, now: job ?? (await getJob(db, whose)) }
    })
    if (now === undefined) throw noSuchJob(text)
    if (job === undefined)
      throw new CliError(`The job ${text} cannot be ${done}: ${reasonAgainst(now)}.`)
    if (json) printJson(describeJob(job))
    else say(`The job ${text} is ${job.state}.`)
  }

/** Cancels a queued or running job. */
export const cancel = change('cancelled', cancelJob)

/** Puts a failed or cancelled job back into the queue. */
export const retry = change('retried', (db, { id }) => restartJob(db, id))
