import type { JobState } from '@dsapi/db'
import { describeJob, type Job, listJobs } from '@dsapi/queue'
import { withOwnDatabase } from '../../database/with-database.ts'
import { formatInstant, type Json, print, printJson, say, table } from '../../terminal/output.ts'

type ListOptions = Json & { readonly state?: JobState; readonly limit: number }

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`

const tookOf = ({ startedAt, finishedAt }: Job, now: number) =>
  startedAt === null ? '-' : seconds((finishedAt ?? now) - startedAt)

const remarkOf = (job: Job) => {
  if ('error' in job) return job.error
  if ('progress' in job && job.progress !== null) return `${Math.round(job.progress * 100)} %`
  return ''
}

/** Jobs as a table for people. */
export const jobTable = (jobs: readonly Job[], now: number): string =>
  table(
    ['ID', 'KIND', 'STATE', 'ATTEMPTS', 'CREATED', 'TOOK', ''],
    jobs.map((job) => [
      ...[job.id, job.kind, job.state, String(job.attempts), formatInstant(job.createdAt)],
      ...[tookOf(job, now), remarkOf(job)],
    ]),
  )

export const list = async ({ json, state, limit }: ListOptions): Promise<void> => {
  const found = await withOwnDatabase((db) => listJobs(db, { keyId: undefined, state, limit }))
  const jobs = found?.jobs ?? []
  if (json) printJson(jobs.map(describeJob))
  else if (jobs.length === 0) say('There are no such jobs.')
  else print(jobTable(jobs, Date.now()))
}
