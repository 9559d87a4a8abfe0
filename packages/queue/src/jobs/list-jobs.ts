import { type Database, type JobState, listJobRows } from '@dsapi/db'
import { fromRow, type Job, parseJobId } from './job.ts'

export type JobList = {
  readonly jobs: readonly Job[]
  /** Where to go on; undefined at the end. */
  readonly nextCursor: string | undefined
}

type Place = { readonly createdAt: number; readonly id: string }

const write = ({ createdAt, id }: Place) => Buffer.from(`${createdAt} ${id}`).toString('base64url')

/** Reads a place in a list as `nextCursor` gives it; undefined for any other text. */
const read = (cursor: string): Place | undefined => {
  const [createdAt, id] = Buffer.from(cursor, 'base64url').toString().split(' ')
  const instant = /^\d{1,15}$/.test(createdAt) ? Number(createdAt) : undefined
  return instant === undefined || parseJobId(id ?? '') === undefined
    ? undefined
    : { createdAt: instant, id }
}

export type ListJobsOptions = {
  /** Whose; undefined: everybody's, for an operator. */
  readonly keyId: string | undefined
  readonly state?: JobState | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/**
 * Lists jobs, the newest first, a page at a time. Jobs that come or go meanwhile neither hide others nor
 * show them twice.
 *
 * @returns undefined when the cursor is none
 */
export const listJobs = async (
  db: Database,
  { keyId, state, limit, cursor }: ListJobsOptions,
): Promise<JobList | undefined> => {
  const before = cursor === undefined ? undefined : read(cursor)
  if (cursor !== undefined && before === undefined) return undefined
  const rows = await listJobRows(db, { keyId, state, before, limit: limit + 1 })
  const jobs = rows.slice(0, limit).map(fromRow)
  const last = jobs.at(-1)
  return { jobs, nextCursor: rows.length > limit && last ? write(last) : undefined }
}
