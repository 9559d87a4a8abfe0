import { resultToNdjson, type StoredModel } from '@dsapi/registry'
import { jobIds } from '../example-ids.ts'
import { type ErrorExample, json, jsonOf, type Operation } from '../operation.ts'
import { idempotencyKey, idParameter, queryParameters } from '../parameters.ts'
import { listQuery } from '../schemas/jobs.ts'
import { exampleBatch, exampleJobs } from './example-jobs.ts'
import { resultErrors } from './predictions.ts'

const csv = 'text/csv'
const ndjson = 'application/x-ndjson'
const text = { type: 'string' }

const unknown: ErrorExample = {
  code: 'not_found',
  message: 'No such prediction',
  parameters: { id: jobIds.unknown },
}

const jobId = idParameter('As it was answered when the job was submitted')

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
      code: 'invalid_body',
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
  errors: [unknown, 'internal'],
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
    unknown,
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

const jobEvents = (stored: StoredModel): Operation => {
  const { succeeded } = exampleJobs(stored)
  const event = `event: succeeded\ndata: ${JSON.stringify(succeeded)}\nid: succeeded-1-\n\n`
  return {
    id: 'jobEvents',
    method: 'get',
    path: '/jobs/{id}/events',
    tag: 'Jobs',
    summary: 'Be told of each change of a job',
    description:
      'Server-sent events until the job has ended, each named after the state, with the job as its data. An EventSource that comes back is not told again what it knows.',
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
    errors: [unknown, 'internal'],
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

const submitBatch = (stored: StoredModel): Operation => {
  const { csv: rows } = exampleBatch(stored)
  const answer = { type: json, value: { id: jobIds.batch } }
  const row = `${JSON.stringify(stored.model.featureNames.map(() => 1))}\n`
  return {
    id: 'submitBatch',
    method: 'post',
    path: '/jobs/batch',
    tag: 'Jobs',
    summary: 'Have many rows scored',
    description:
      'CSV with a header that names the features, or one JSON array or object a line; up to 256 MiB, read as it comes. A row that cannot be scored does not keep others from it.',
    scope: 'predict',
    parameters: [idempotencyKey],
    body: { required: true, content: { [csv]: text, [ndjson]: text } },
    answers: {
      202: {
        description: 'The id of the job',
        headers: ['Location'],
        content: jsonOf('Submitted'),
      },
    },
    errors: [
      {
        code: 'invalid_body',
        message: 'The batch has no rows',
        body: { type: ndjson, value: '\n' },
      },
      'body_too_large',
      {
        code: 'unsupported_media_type',
        message: 'A batch is CSV (Content-Type: text/csv) or NDJSON (application/x-ndjson)',
        body: { type: json, value: {} },
      },
      'invalid_request',
      {
        code: 'idempotency_conflict',
        message: 'This Idempotency-Key was used for another request',
        parameters: { 'Idempotency-Key': 'order 7' },
        body: { type: ndjson, value: row },
      },
      {
        code: 'queue_full',
        message: 'Too many predictions are waiting: try again later',
        body: { type: csv, value: rows },
      },
      {
        code: 'unavailable',
        message: 'The database cannot be written at the moment: try again',
        body: { type: csv, value: rows },
      },
      'internal',
    ],
    examples: [
      { name: 'csv', body: { type: csv, value: rows }, status: 202, answer },
      { name: 'ndjson', body: { type: ndjson, value: row }, status: 202, answer },
    ],
  }
}

const getResult = (stored: StoredModel): Operation => {
  const { batch, succeeded } = exampleJobs(stored)
  const { output } = exampleBatch(stored)
  const { header } = batch.result
  return {
    id: 'getResult',
    method: 'get',
    path: '/jobs/{id}/result',
    tag: 'Jobs',
    summary: 'Get what came of a job',
    description:
      'Of a batch its rows in order, streamed, as CSV or, for `Accept: application/x-ndjson`, as NDJSON; of a slow prediction the whole prediction.',
    scope: 'jobs',
    parameters: [jobId],
    answers: {
      200: {
        description: 'The result',
        headers: ['X-Model-Version', 'Content-Disposition'],
        content: { [csv]: text, [ndjson]: text, ...jsonOf('SlowResult') },
      },
    },
    errors: resultErrors,
    examples: [
      {
        name: 'csv',
        parameters: { id: jobIds.batch },
        status: 200,
        answer: { type: csv, value: `${header}\n${output}` },
      },
      {
        name: 'ndjson',
        parameters: { id: jobIds.batch },
        status: 200,
        answer: { type: ndjson, value: resultToNdjson(header, output) },
      },
      {
        name: 'slow',
        parameters: { id: jobIds.succeeded },
        status: 200,
        answer: { type: json, value: succeeded.result },
      },
    ],
  }
}

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
