import type { Database } from '@dsapi/db'
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

type Apply = (...args: Parameters<typeof getJob>) => Promise<Job | undefined>

/** @throws CliError for a job that there is not, or whose state does not allow it */
const changeOne = async (db: Database, text: string, done: string, apply: Apply): Promise<Job> => {
  const whose = { id: readJobId(text), keyId: undefined }
  const job = await apply(db, whose)
  if (job !== undefined) return job
  // Read afterwards: a worker may have finished it a moment before.
  const now = await getJob(db, whose)
  if (now === undefined) throw noSuchJob(text)
  throw new CliError(`The job ${text} cannot be ${done}: ${reasonAgainst(now)}.`)
}

/** Changes each job that can be changed, and names the others. */
const change =
  (done: string, apply: Apply): ((ids: readonly string[], options: Json) => Promise<void>) =>
  async (ids, { json }) => {
    const jobs: Job[] = []
    const problems: string[] = []
    await withOwnDatabase(async (db) => {
      for (const text of new Set(ids)) {
        try {
          jobs.push(await changeOne(db, text, done, apply))
        } catch (error) {
          if (!(error instanceof CliError)) throw error
          problems.push(error.message)
        }
      }
    })
    const described = jobs.map(describeJob)
    if (json && ids.length > 1) printJson(described)
    else if (json) for (const job of described) printJson(job)
    else for (const job of jobs) say(`The job ${job.id} is ${job.state}.`)
    if (problems.length > 0) throw new CliError(problems.join('\n'))
  }

/** Cancels queued or running jobs. */
export const cancel = change('cancelled', cancelJob)

/** Puts failed or cancelled jobs back into the queue. */
export const retry = change('retried', restartJob)
