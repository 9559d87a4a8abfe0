import type { Database } from '@dsapi/db'
import { getJob, type Job, type JobId, parseJobId } from '@dsapi/queue'
import type { Context } from 'hono'
import type { Env } from '../../http/env.ts'
import { ApiError } from '../../http/errors.ts'

/**
 * Finds the job that a path names.
 *
 * @throws ApiError `not_found` when there is no such job, or when it belongs to another key
 */
export const findOwnJob = async (db: Database, context: Context<Env>): Promise<Job> => {
  const id = readJobId(context)
  const job = await getJob(db, { id, keyId: context.get('key').ownerId })
  if (job === undefined) throw unknownJob()
  return job
}

/** The id in a path. @throws ApiError `not_found` for what is no id */
export const readJobId = (context: Context<Env>): JobId => {
  const id = parseJobId(context.req.param('id') ?? '')
  if (id === undefined) throw unknownJob()
  return id
}

const unknownJob = () => new ApiError('not_found', 'No such job')

/** A job that has ended with a result. */
export type JobWithResult = Extract<Job, { readonly result: unknown }>

export const resultDeleted = () =>
  new ApiError('gone', 'The result was deleted because its retention time is over')

/**
 * Returns a job that has a result.
 *
 * @throws ApiError that says why there is none: `not_ready`, `prediction_failed` or `gone`
 */
export const requireResult = (job: Job): JobWithResult => {
  if (job.clearedAt !== null) {
    throw resultDeleted()
  }
  switch (job.state) {
    case 'queued':
    case 'running':
      throw new ApiError('not_ready', 'The result is not ready yet', {
        headers: { 'retry-after': '1' },
      })
    case 'failed':
      throw new ApiError('prediction_failed', `The prediction failed: ${job.error}`)
    case 'cancelled':
      throw new ApiError('gone', 'The job was cancelled')
    case 'succeeded':
      return job
  }
}
