import type { StoredModel } from '@dsapi/registry'
import { jobIds } from '../../openapi/example-ids.ts'
import { json, jsonOf, type Operation } from '../../openapi/operation.ts'
import { queryParameters } from '../../openapi/parameters.ts'
import { getResult, submitBatch } from './batch-operations.ts'
import { exampleJobs } from './example-jobs.ts'
import { jobEvents } from './job-events-operation.ts'
import { jobId, unknownJob } from './job-id.ts'
import { listQuery } from './job-schemas.ts'

/** What can be asked about jobs. */
export const jobOperations = (stored: StoredModel): readonly Operation[] => [
  listJobs(stored),
  getJob(stored),
  cancelJob(stored),
  jobEvents(stored),
  submitBatch(stored),
  getResult(stored),
  getStats,
]

const listJobs = (stored: StoredModel): Operation => ({
  id: 'listJobs',
  method: 'get',
  path: '/jobs',
  tag: 'Jobs',
  summary: 'List the jobs of the key',
  description: 'The newest first, in pages.',
  scope: 'jobs',
  parameters: queryParameters(listQuery),
  answers: { 200: { description: 'A page of jobs', content: jsonOf('JobList') } },
  errors: [
    {
      code: 'invalid_query',
      message: 'Invalid query',
      detail: [{ field: 'cursor', message: 'must be a next_cursor from an answer' }],
      parameters: { cursor: 'nonsense' },
    },
    'internal',
  ],
  examples: [
    {
      name: 'failed',
      parameters: { state: 'failed', limit: 10 },
      status: 200,
      answer: { type: json, value: { jobs: [exampleJobs(stored).failed] } },
    },
    {
      name: 'first_page',
      parameters: { limit: 1 },
      status: 200,
      answer: {
        type: json,
        value: {
          jobs: [exampleJobs(stored).queued],
          next_cursor: 'MTc5NTQ3Nzk5OTY1OSAwMWEyMGE1My1lNjVlLTcwY2QtYjFhMy1mNmU1ODJjMTkzYzU',
        },
      },
    },
  ],
})

const getJob = (stored: StoredModel): Operation => ({
  id: 'getJob',
  method: 'get',
  path: '/jobs/{id}',
  tag: 'Jobs',
  summary: 'See how a job stands',
  scope: 'jobs',
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

const cancelJob = (stored: StoredModel): Operation => ({
  id: 'cancelJob',
  method: 'delete',
  path: '/jobs/{id}',
  tag: 'Jobs',
  summary: 'Cancel a job',
  description: 'A worker that runs it lets go of it within a second. May be asked twice.',
  scope: 'jobs',
  parameters: [jobId],
  answers: { 200: { description: 'The job, cancelled', content: jsonOf('Job') } },
  errors: [
    unknownJob,
    {
      code: 'conflict',
      message: 'The job has succeeded already',
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

const getStats: Operation = {
  id: 'getStats',
  method: 'get',
  path: '/jobs/stats',
  tag: 'Jobs',
  summary: 'Count the jobs of all keys',
  scope: 'admin',
  answers: {
    200: { description: 'How many there are in each state', content: jsonOf('JobStats') },
  },
  errors: ['internal'],
  examples: [
    {
      name: 'some',
      status: 200,
      answer: {
        type: json,
        value: {
          counts: { queued: 1, running: 0, succeeded: 2, failed: 1, cancelled: 1 },
          oldest_queued_seconds: 1.25,
        },
      },
    },
  ],
}
