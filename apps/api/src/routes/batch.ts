import { createHash } from 'node:crypto'
import { type Database, deleteChunks, findChunk, groupCommit, putChunk } from '@dsapi/db'
import { type JobId, newJobId, type Submit } from '@dsapi/queue'
import {
  type BatchFormat,
  type BatchInput,
  type BatchResult,
  readBatchResult,
  readHeader,
  readSlowResult,
  resultToNdjson,
  type StoredModel,
} from '@dsapi/registry'
import type { Context } from 'hono'
import { prefers } from '../accept.ts'
import type { Env } from '../env.ts'
import { ApiError } from '../errors.ts'
import { ownJob, requireResult } from '../own-job.ts'
import { requirePlainBody } from '../plain-body.ts'
import { readLines } from '../read-lines.ts'
import { streamBody } from '../stream-body.ts'
import { submitAndAnswer } from '../submit.ts'

type BatchDeps = {
  readonly db: Database
  readonly submit: Submit
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
  const message = 'A batch is CSV (Content-Type: text/csv) or NDJSON (application/x-ndjson)'
  throw new ApiError('unsupported_media_type', message)
}

/**
 * Takes rows to be scored, as CSV with a header or one JSON value a line. They are written to disk as
 * they come, a chunk of lines at a time, and the job last of all: a batch that is cut off leaves none.
 */
export const submitBatch =
  ({ db, submit, currentModel, timeLimitMs, maxBatch }: BatchDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    requirePlainBody(context.env.incoming.headers)
    const type = formatOf(context)
    const id = newJobId()
    // One model for all of it: another may be served by the time that the last row has come.
    const { model, tag } = currentModel()
    try {
      const { input, hash } = await store(context, { db, id, type, maxBatch, model })
      const job = { id, kind: 'batch', input, timeLimitMs, modelVersion: tag }
      return await submitAndAnswer(context, submit, job, {
        content: hash,
        location: '/jobs',
        onRepeat: () => deleteChunks(db, id),
      })
    } catch (error) {
      await deleteChunks(db, id)
      throw error
    }
  }

type Storing = Pick<BatchDeps, 'db' | 'maxBatch'> & {
  readonly model: StoredModel['model']
  readonly id: JobId
  readonly type: BatchFormat['type']
}

const store = async (context: Context<Env>, { db, id, type, maxBatch, model }: Storing) => {
  const hash = createHash('sha256').update(type)
  let columns: readonly string[] | undefined
  let position = 0
  for await (const lines of readLines(context.req.raw.body, maxBatch)) {
    hash.update(lines)
    let content = lines
    if (type === 'csv' && columns === undefined) {
      const [header] = lines.split('\n', 1)
      columns = checkColumns(readHeader(header), model.featureNames)
      content = lines.slice(header.length + 1)
    }
    if (content.trim() === '') continue
    const place = { jobId: id, part: 'input', position: position++ } as const
    await groupCommit(db, (transaction) =>
      putChunk(transaction, place, { content, now: Date.now() }),
    )
  }
  if (position === 0) throw new ApiError('invalid_body', 'The batch has no rows')
  const format: BatchFormat = columns === undefined ? { type: 'ndjson' } : { type: 'csv', columns }
  const input: BatchInput = { format, chunks: position }
  return { input, hash: hash.digest('hex') }
}

const checkColumns = (columns: readonly string[], features: readonly string[]) => {
  const missing = features.filter((name) => !columns.includes(name))
  if (missing.length === 0) return columns
  throw new ApiError('invalid_body', 'The header lacks columns that the model needs', {
    detail: missing.map((field) => ({ field, message: 'is missing' })),
  })
}

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

    const texts = textsOf(db, job.id, result, asNdjson)
    return context.body(await streamBody(context, texts))
  }

/** The header of a CSV comes with the first rows: no text is made before these are known to be there. */
async function* textsOf(db: Database, jobId: JobId, result: BatchResult, asNdjson: boolean) {
  let before = asNdjson ? '' : `${result.header}\n`
  for (let position = 0; position < result.chunks; position++) {
    const lines = await findChunk(db, { jobId, part: 'output', position })
    if (lines === undefined) {
      throw new ApiError('gone', 'The result has been cleared away after its time')
    }
    yield before + (asNdjson ? resultToNdjson(result.header, lines) : lines)
    before = ''
  }
  if (before !== '') yield before
}
