import { cancelJob as cancel, describeJob } from '@dsapi/queue'
import type { StoredModel } from '@dsapi/registry'
import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import type { Env } from '../../http/env.ts'
import { ApiError } from '../../http/errors.ts'
import { jobIds } from '../../openapi/example-ids.ts'
import { type Description, json, jsonOf } from '../../openapi/operation.ts'
import type { Endpoint } from '../endpoint.ts'
import { exampleJobs } from './example-jobs.ts'
import { findOwnJob } from './find-own-job.ts'
import { jobId, unknownJob } from './job-id.ts'

/** Cancels a job; one that was cancelled before is answered the same. */
const handle =
  ({ db }: AppDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const { id } = await findOwnJob(db, context)
    const keyId = context.get('key').ownerId
    for (;;) {
      const job = (await cancel(db, { id, keyId })) ?? (await findOwnJob(db, context))
      if (job.state === 'cancelled') return context.json(describeJob(job))
      // One that an operator had tried anew between the two statements can be cancelled now.
      if (job.state === 'queued' || job.state === 'running') continue
      throw new ApiError('conflict', `The job has already ended with the state ${job.state}`)
    }
  }

const describe = (stored: StoredModel): Description => ({
  tag: 'Jobs',
  summary: 'Cancel a job',
  description:
    'A worker that runs the job stops within a second. Cancelling a cancelled job has no further effect.',
  parameters: [jobId],
  answers: { 200: { description: 'The cancelled job', content: jsonOf('Job') } },
  errors: [
    unknownJob,
    {
      code: 'conflict',
      message: 'The job has already ended with the state succeeded',
      parameters: { id: jobIds.succeeded },
    },
    'unavailable',
    'internal',
  ],
  examples: [
    {
      name: 'cancelled',
      parameters: { id: jobIds.cancelled },
      status: 200,
      answer: { type: json, value: exampleJobs(stored).cancelled },
    },
  ],
})

/** `DELETE /jobs/{id}`. */
export const cancelJob: Endpoint = {
  id: 'cancelJob',
  method: 'delete',
  path: '/jobs/:id',
  access: 'jobs',
  handle,
  describe,
}
