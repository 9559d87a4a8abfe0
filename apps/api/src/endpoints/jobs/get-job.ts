import type { Database } from '@dsapi/db'
import { describeJob, type Job } from '@dsapi/queue'
import type { StoredModel } from '@dsapi/registry'
import { deliveriesOf } from '@dsapi/webhooks'
import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import type { Env } from '../../http/env.ts'
import { type Description, json, jsonOf } from '../../openapi/operation.ts'
import type { Endpoint } from '../endpoint.ts'
import { exampleJobs } from './example-jobs.ts'
import { findOwnJob } from './find-own-job.ts'
import { jobId, unknownJob } from './job-id.ts'

const handle =
  ({ db }: AppDeps) =>
  async (context: Context<Env>): Promise<Response> =>
    context.json(await describeWithDeliveries(db, await findOwnJob(db, context)))

/** A job as its owner sees it, with what was sent to its webhook. */
const describeWithDeliveries = async (db: Database, job: Job) => {
  const described = describeJob(job)
  if (job.webhookUrl === null) return described
  return { ...described, webhook_deliveries: await deliveriesOf(db, job.id) }
}

const describe = (stored: StoredModel): Description => ({
  tag: 'Jobs',
  summary: 'Get a job',
  parameters: [jobId],
  answers: { 200: { description: 'The job', content: jsonOf('Job') } },
  errors: [unknownJob, 'internal'],
  examples: Object.entries(exampleJobs(stored)).map(([name, job]) => ({
    name,
    parameters: { id: job.id },
    status: 200,
    answer: { type: json, value: job },
  })),
})

/** `GET /jobs/{id}`. */
export const getJob: Endpoint = {
  id: 'getJob',
  method: 'get',
  path: '/jobs/:id',
  access: 'jobs',
  handle,
  describe,
}
