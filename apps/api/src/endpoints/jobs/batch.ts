import type { Database } from '@dsapi/db'
import {
  type BatchFormat,
  type BatchResult,
  createNdjsonWriter,
  readBatchResult,
  readSlowResult,
} from '@dsapi/inference'
import {
  type JobId,
  type JobQueue,
  MissingPieceError,
  newJobId,
  readOutputPieces,
  submitWithInput,
} from '@dsapi/queue'
import { classesOfResult, type StoredModel } from '@dsapi/registry'
import type { Context } from 'hono'
import { prefers } from '../../http/accept.ts'
import type { Env } from '../../http/env.ts'
import { ApiError } from '../../http/errors.ts'
import { requirePlainBody } from '../../http/plain-body.ts'
import { streamBody } from '../../http/stream-body.ts'
import { ownJob, requireResult } from './find-own-job.ts'
import { hashBatch, storeBatch } from './store-batch.ts'
import {
  answerSubmitted,
  fingerprintOf,
  nameOf,
  repeatOf,
  submitFor,
  takePlace,
} from './submit-job.ts'

type BatchDeps = {
  readonly db: Database
  readonly queue: JobQueue
  readonly currentModel: () => StoredModel
  readonly timeLimitMs: number
  /** The largest batch, in bytes. */
  readonly maxBatch: number
}

const formats: Readonly<Record<string, BatchFormat['type']>> = {
  'text/csv': 'csv',
  'application/x-ndjson': 'ndjson',
  'application/ndjson': 'ndjson',
  'application/jsonl': 'ndjson',
}

const ndjsonTypes = Object.keys(formats).filter((type) => formats[type] === 'ndjson')

const formatOf = (context: Context<Env>): BatchFormat['type'] => {
  const type = context.req.header('content-type')?.split(';')[0].trim().toLowerCase() ?? ''
  const format = formats[type]
  if (format !== undefined) return format
  const message = 'A batch must be CSV (Content-Type: text/csv) or NDJSON (application/x-ndjson)'
  throw new ApiError('unsupported_media_type', message)
}

/**
 * Takes rows to be scored, as CSV with a header or one JSON value a line. A place in the queue is taken before the
 * first of them is read. They are written to disk as they come, a piece at a time, and the job last of all: a batch that
 * is cut off leaves none.
 */
export const submitBatch =
  ({ db, queue, currentModel, timeLimitMs, maxBatch }: BatchDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    requirePlainBody(context.env.incoming.headers)
    const body = { type: formatOf(context), maxBytes: maxBatch }
    const named = await nameOf(context, queue)
    if (named?.earlier !== undefined) {
      const isSame = named.earlier.fingerprint === fingerprint(await hashBatch(context, body))
      return answerSubmitted(context, repeatOf(named.earlier, isSame), '/jobs')
    }
    const place = await takePlace(queue)
    const id = newJobId()
    // One model for all of it: another may be served by the time that the last row has come.
    const { model, tag } = currentModel()
    try {
      const wanted = { ...body, features: model.info.featureNames }
      const submitted = await submitWithInput(db, id, async (pieces) => {
        const { input, hash } = await storeBatch(context, pieces, wanted)
        const job = { id, kind: 'batch', input, timeLimitMs, modelVersion: tag }
        return submitFor(context, queue, { job, named, fingerprint: fingerprint(hash), place })
      })
      return answerSubmitted(context, submitted, '/jobs')
    } finally {
      place.giveBack()
    }
  }

const fingerprint = (hash: string) => fingerprintOf('batch', hash)

/** The result of a job: of a batch as CSV, or, for a client that asks for it, as NDJSON. */
export const getResult =
  (db: Database) =>
  async (context: Context<Env>): Promise<Response> => {
    const job = requireResult(await ownJob(db, context))
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
  const toNdjson = asNdjson ? createNdjsonWriter(await classesOfResult(db, result)) : undefined
  let before = asNdjson ? '' : `${result.header}\n`
  for await (const lines of outputOf(db, jobId, result)) {
    yield before + (toNdjson?.(lines) ?? lines)
    before = ''
  }
  if (before !== '') yield before
}

async function* outputOf(db: Database, jobId: JobId, { chunks }: BatchResult) {
  try {
    yield* readOutputPieces(db, jobId, chunks)
  } catch (error) {
    if (!(error instanceof MissingPieceError)) throw error
    throw new ApiError('gone', 'The result was deleted because its retention time is over')
  }
}
