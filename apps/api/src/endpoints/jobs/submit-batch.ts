import type { StoredModel } from '@dsapi/registry'
import { jobIds } from '../../openapi/example-ids.ts'
import { type Description, json, jsonOf } from '../../openapi/operation.ts'
import { idempotencyKey } from '../../openapi/parameters.ts'
import type { Endpoint } from '../endpoint.ts'
import { submitBatch as storeAndSubmit } from './batch.ts'
import { exampleBatch } from './example-jobs.ts'
import { withMemory } from './with-memory.ts'

const csv = 'text/csv'
const ndjson = 'application/x-ndjson'
const text = { type: 'string' }

const describe = (stored: StoredModel): Description => {
  const { csv: rows } = exampleBatch(stored)
  const answer = { type: json, value: { id: jobIds.batch } }
  const row = `${JSON.stringify(stored.model.info.featureNames.map(() => 1))}\n`
  return {
    tag: 'Jobs',
    summary: 'Submit a batch job',
    description:
      'The body is CSV with a header that names the features, or NDJSON with one array or object on each line. It may have up to 256 MiB and is stored while it arrives. A field of CSV may have line breaks in quotes. A row that cannot be scored does not affect other rows. The batch is rejected if quotes do not pair, or if the header lacks a column of the model or has one twice. The job fails if its result becomes larger than the limit of the server, which is 1 GiB by default.',
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
        message: 'A batch must be CSV (Content-Type: text/csv) or NDJSON (application/x-ndjson)',
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
        message: 'Too many jobs are waiting. Try again later',
        body: { type: csv, value: rows },
      },
      {
        code: 'unavailable',
        message: 'The database cannot be written at the moment. Try again later',
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

/** `POST /jobs/batch`. */
export const submitBatch: Endpoint = {
  id: 'submitBatch',
  method: 'post',
  path: '/jobs/batch',
  access: 'predict',
  handle: ({ db, models, jobs, limits }) =>
    withMemory(limits.memory, storeAndSubmit({ db, ...models, ...jobs, ...limits })),
  describe,
}
