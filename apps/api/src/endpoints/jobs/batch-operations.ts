import { createNdjsonWriter, type StoredModel } from '@dsapi/registry'
import { jobIds } from '../../openapi/example-ids.ts'
import { json, jsonOf, type Operation } from '../../openapi/operation.ts'
import { idempotencyKey } from '../../openapi/parameters.ts'
import { resultErrors } from '../predict/predict-slow-operations.ts'
import { exampleBatch, exampleJobs } from './example-jobs.ts'
import { jobId } from './job-id.ts'

const csv = 'text/csv'
const ndjson = 'application/x-ndjson'
const text = { type: 'string' }

/** `POST /jobs/batch`. */
export const submitBatch = (stored: StoredModel): Operation => {
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
      'CSV with a header that names the features, or one JSON array or object a line; up to 256 MiB, read as it comes. Fields of CSV may have line breaks in quotes. A row that cannot be scored does not keep others from it; one whose quotes do not pair, and a header that lacks a column of the model or has one twice, are refused. The result of a batch is limited too (1 GiB, unless the server sets another limit): a batch whose result becomes larger fails.',
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
        message: 'Too many jobs are waiting: try again later',
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

/** `GET /jobs/{id}/result`. */
export const getResult = (stored: StoredModel): Operation => {
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
        answer: { type: ndjson, value: createNdjsonWriter(stored.model.classes)(output) },
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
