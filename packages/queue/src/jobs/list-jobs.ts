import { type Database, type JobFilter, listJobRows } from '@dsapi/db'
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

type ListJobsOptions = JobFilter & {
  readonly limit: number
  readonly cursor?: string | undefined
}

/**
 * Lists jobs, the newest first, a page at a time; of all owners without `keyId`. Jobs that come or go meanwhile neither hide
 * others nor show them twice. A page may have fewer jobs than `limit` although others follow: few of many met the filter.
 *
 * @returns undefined when the cursor is none
 */
export const listJobs = async (
  db: Database,
  { cursor, ...filter }: ListJobsOptions,
): Promise<JobList | undefined> => {
  const before = cursor === undefined ? undefined : read(cursor)
  if (cursor !== undefined && before === undefined) return undefined
  const { rows, next } = await listJobRows(db, { ...filter, before })
  return { jobs: rows.map(fromRow), nextCursor: next && write(next) }
}
