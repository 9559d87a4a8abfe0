import { findOwner } from '@dsapi/auth'
import type { Database, JobState } from '@dsapi/db'
import type { JobKind } from '@dsapi/inference'
import { describeJob, type Job, listJobs } from '@dsapi/queue'
import { withOwnDatabase } from '../../database/with-database.ts'
import { formatInstant, type Json, print, printJson, say, table } from '../../terminal/output.ts'

type ListOptions = Json & {
  readonly state?: JobState
  readonly kind?: JobKind
  readonly owner?: string
  readonly model?: string
  /** Milliseconds before now, as `until`. */
  readonly since?: number
  readonly until?: number
  readonly idPrefix?: string
  readonly limit: number
}

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

/** The newest jobs that meet the filter, of as many pages as that takes. */
const listNewest = async (
  db: Database,
  { owner, model, since, until, limit, ...filter }: Omit<ListOptions, 'json'>,
): Promise<readonly Job[]> => {
  const now = Date.now()
  const asked = {
    ...filter,
    keyId: owner && (await findOwner(db, owner)),
    modelName: model,
    since: since && now - since,
    until: until && now - until,
  }
  const jobs: Job[] = []
  let cursor: string | undefined
  do {
    const page = await listJobs(db, { ...asked, cursor, limit: limit - jobs.length })
    jobs.push(...(page?.jobs ?? []))
    cursor = page?.nextCursor
  } while (cursor !== undefined && jobs.length < limit)
  return jobs
}

export const list = async ({ json, ...options }: ListOptions): Promise<void> => {
  const jobs = await withOwnDatabase((db) => listNewest(db, options))
  if (json) printJson(jobs.map(describeJob))
  else if (jobs.length === 0) say('There are no such jobs.')
  else print(jobTable(jobs, Date.now()))
}
