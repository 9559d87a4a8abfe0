import { describeJob } from '@dsapi/queue'
import type { StoredModel } from '@dsapi/registry'
import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import type { Env } from '../../http/env.ts'
import { ApiError } from '../../http/errors.ts'
import { jobIds } from '../../openapi/example-ids.ts'
import { type Description, json, jsonOf } from '../../openapi/operation.ts'
import type { Endpoint } from '../endpoint.ts'
import { exampleJobs } from './example-jobs.ts'
import { findOwnJob, readJobId } from './find-own-job.ts'
import { jobId, unknownJob } from './job-id.ts'
import { explainFull, ownerOf } from './submit-job.ts'

const handle =
  ({ db, jobs: { queue } }: AppDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const job = await queue.retry(readJobId(context), ownerOf(context)).catch(explainFull)
    if (job !== undefined) return context.json(describeJob(job))
    const { state, clearedAt } = await findOwnJob(db, context)
    const reason = clearedAt === null ? `its state is ${state}` : 'its input was deleted'
    throw new ApiError('conflict', `The job cannot be retried: ${reason}`)
  }

const describe = (stored: StoredModel): Description => {
  const { error, ...failed } = exampleJobs(stored).failed
  const retried = { ...failed, state: 'queued', attempts: 0, finished_at: null }
  return {
    tag: 'Jobs',
    summary: 'Retry a job',
    description:
      'Puts a failed or cancelled job back into the queue, with its full number of attempts.',
    parameters: [jobId],
    answers: { 200: { description: 'The queued job', content: jsonOf('Job') } },
    errors: [
      unknownJob,
      {
        code: 'conflict',
        message: 'The job cannot be retried: its state is succeeded',
        parameters: { id: jobIds.succeeded },
      },
      'queue_full',
      'too_many_jobs',
      'unavailable',
      'internal',
    ],
    examples: [
      {
        name: 'failed',
        parameters: { id: jobIds.failed },
        status: 200,
        answer: { type: json, value: retried },
      },
    ],
  }
}

/** `POST /jobs/{id}/retry`. */
export const retryJob: Endpoint = {
  id: 'retryJob',
  method: 'post',
  path: '/jobs/:id/retry',
  access: 'jobs',
  handle,
  describe,
}
