import { classesOf, createNdjsonWriter } from '@dsapi/inference'
import type { StoredModel } from '@dsapi/registry'
import { jobIds } from '../../openapi/example-ids.ts'
import { type Description, json, jsonOf } from '../../openapi/operation.ts'
import type { Endpoint } from '../endpoint.ts'
import { getResult as streamResult } from './batch.ts'
import { exampleBatch, exampleJobs } from './example-jobs.ts'
import { jobId } from './job-id.ts'
import { resultErrors } from './result-errors.ts'
import { withMemory } from './with-memory.ts'

const csv = 'text/csv'
const ndjson = 'application/x-ndjson'
const text = { type: 'string' }

const describe = (stored: StoredModel): Description => {
  const { batch, succeeded } = exampleJobs(stored)
  const { output } = exampleBatch(stored)
  const { header } = batch.result
  return {
    tag: 'Jobs',
    summary: 'Get the result of a job',
    description:
      'The result of a batch has its rows in order. It is streamed as CSV, or as NDJSON for `Accept: application/x-ndjson`. The result of a slow prediction is the whole prediction in JSON.',
    parameters: [jobId],
    answers: {
      200: {
        description: 'The result of the job',
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
        answer: { type: ndjson, value: createNdjsonWriter(classesOf(stored.model.info))(output) },
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

/** `GET /jobs/{id}/result`. */
export const getResult: Endpoint = {
  id: 'getResult',
  method: 'get',
  path: '/jobs/:id/result',
  access: 'jobs',
  handle: ({ db, limits }) => withMemory(limits.memory, streamResult(db)),
  describe,
}
