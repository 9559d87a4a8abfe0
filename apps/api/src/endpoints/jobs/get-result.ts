import type { Database } from '@dsapi/db'
import {
  type BatchResult,
  createNdjsonWriter,
  readBatchResult,
  readSlowResult,
} from '@dsapi/inference'
import { type JobId, MissingChunkError, readOutputChunks } from '@dsapi/queue'
import { outputOfResult, type StoredModel } from '@dsapi/registry'
import type { Context } from 'hono'
import { prefers } from '../../http/accept.ts'
import type { Env } from '../../http/env.ts'
import { streamBody } from '../../http/stream-body.ts'
import { jobIds } from '../../openapi/example-ids.ts'
import { type Description, json, jsonOf } from '../../openapi/operation.ts'
import type { Endpoint } from '../endpoint.ts'
import { csv, ndjson, ndjsonTypes, text } from './batch-formats.ts'
import { exampleBatch, exampleJobs } from './example-jobs.ts'
import { findOwnJob, requireResult, resultDeleted } from './find-own-job.ts'
import { jobId } from './job-id.ts'
import { resultErrors } from './result-errors.ts'
import { withMemory } from './with-memory.ts'

/** The result of a job: of a batch as CSV, or, for a client that asks for it, as NDJSON. */
const handle =
  (db: Database) =>
  async (context: Context<Env>): Promise<Response> => {
    const job = requireResult(await findOwnJob(db, context))
    if (job.kind !== 'batch') {
      const slow = readSlowResult(job.result)
      context.header('x-model-version', slow.model_version)
      return context.json(slow)
    }
    const result = readBatchResult(job.result)
    const asNdjson = prefers(context.req.header('accept'), ndjsonTypes, 'text/csv')
    const type = asNdjson ? 'application/x-ndjson' : 'text/csv; charset=utf-8; header=present'
    const name = `${job.id}.${asNdjson ? 'ndjson' : 'csv'}`
    context.header('content-type', type)
    context.header('content-disposition', `attachment; filename="${name}"`)
    context.header('x-model-version', result.model_version)

    return context.body(await streamBody(context, textsOf(db, job.id, result, asNdjson)))
  }

/** The header of a CSV comes with the first rows: no text is made before these are known to be there. */
async function* textsOf(db: Database, jobId: JobId, result: BatchResult, asNdjson: boolean) {
  const toNdjson = asNdjson ? createNdjsonWriter(await outputOfResult(db, result)) : undefined
  let before = asNdjson ? '' : `${result.header}\n`
  for await (const lines of outputOf(db, jobId, result)) {
    yield before + (toNdjson?.(lines) ?? lines)
    before = ''
  }
  if (before !== '') yield before
}

async function* outputOf(db: Database, jobId: JobId, { chunks }: BatchResult) {
  try {
    yield* readOutputChunks(db, jobId, chunks)
  } catch (error) {
    if (!(error instanceof MissingChunkError)) throw error
    throw resultDeleted()
  }
}

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
        answer: { type: ndjson, value: createNdjsonWriter(stored.model.info.output)(output) },
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
  handle: ({ db, limits }) => withMemory(limits.memory, handle(db)),
  describe,
}
