import type { Database } from '@dsapi/db'
import {
  cancelJob,
  describeJob,
  describeJobStats,
  getJobStats,
  type JobWatch,
  listJobs,
} from '@dsapi/queue'
import type { Context } from 'hono'
import type { Env } from '../../http/env.ts'
import { ApiError } from '../../http/errors.ts'
import { parseQuery, unknownCursor } from '../../http/parse-query.ts'
import { ownJob } from './find-own-job.ts'
import { listQuery } from './job-schemas.ts'

export type JobDeps = {
  readonly db: Database
  /** Tells of changes, once a second. */
  readonly changeWatch: JobWatch
  readonly stopping: AbortSignal
}

/** The jobs of the key that asks, the newest first. */
export const getJobs =
  (db: Database) =>
  async (context: Context<Env>): Promise<Response> => {
    const query = parseQuery(listQuery, context.req.query())
    const list = await listJobs(db, { ...query, keyId: context.get('key').ownerId })
    if (list === undefined) throw unknownCursor()
    const next = list.nextCursor !== undefined && { next_cursor: list.nextCursor }
    return context.json({ jobs: list.jobs.map(describeJob), ...next })
  }

export const getOneJob =
  (db: Database) =>
  async (context: Context<Env>): Promise<Response> =>
    context.json(describeJob(await ownJob(db, context)))

/** Cancels a job; one that was cancelled before is answered the same. */
export const deleteJob =
  (db: Database) =>
  async (context: Context<Env>): Promise<Response> => {
    const { id } = await ownJob(db, context)
    const keyId = context.get('key').ownerId
    for (;;) {
      const job = (await cancelJob(db, { id, keyId })) ?? (await ownJob(db, context))
      if (job.state === 'cancelled') return context.json(describeJob(job))
      // One that an operator had tried anew between the two statements can be cancelled now.
      if (job.state === 'queued' || job.state === 'running') continue
      throw new ApiError('conflict', `The job has ${job.state} already`)
    }
  }

/** How many jobs there are in each state, of all keys. */
export const getStats =
  (db: Database) =>
  async (context: Context<Env>): Promise<Response> => {
    return context.json(describeJobStats(await getJobStats(db, Date.now())))
  }
