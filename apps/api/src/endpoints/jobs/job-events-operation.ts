import type { StoredModel } from '@dsapi/registry'
import { jobIds } from '../../openapi/example-ids.ts'
import type { Operation } from '../../openapi/operation.ts'
import { exampleJobs } from './example-jobs.ts'
import { jobId, unknownJob } from './job-id.ts'

const text = { type: 'string' }

/** `GET /jobs/{id}/events`. */
export const jobEvents = (stored: StoredModel): Operation => {
  const { succeeded } = exampleJobs(stored)
  const event = `event: succeeded\ndata: ${JSON.stringify(succeeded)}\nid: succeeded-1-\n\n`
  return {
    id: 'jobEvents',
    method: 'get',
    path: '/jobs/{id}/events',
    tag: 'Jobs',
    summary: 'Stream job events',
    description:
      'Server-sent events until the job has ended. Each event is named after the state and has the job as its data. An EventSource that reconnects does not receive again what it has received.',
    scope: 'jobs',
    parameters: [
      jobId,
      {
        name: 'Last-Event-ID',
        in: 'header',
        description: 'The id of the last event that came',
        schema: text,
      },
    ],
    answers: {
      200: {
        description: 'The events as they come',
        headers: ['Cache-Control'],
        content: { 'text/event-stream': text },
      },
      204: { description: 'The end is known already' },
    },
    errors: [unknownJob, 'internal'],
    examples: [
      {
        name: 'ended',
        parameters: { id: jobIds.succeeded },
        status: 200,
        answer: { type: 'text/event-stream', value: event },
      },
      {
        name: 'known',
        parameters: { id: jobIds.succeeded, 'Last-Event-ID': 'succeeded-1-' },
        status: 204,
      },
    ],
  }
}
