import type { BatchFormat, JobKind } from '@dsapi/inference'
import { type JobQueue, newJobId, submitWithInput } from '@dsapi/queue'
import { defaultModel, type StoredModel } from '@dsapi/registry'
import type { Context } from 'hono'
import { z } from 'zod'
import type { Env } from '../../http/env.ts'
import { ApiError } from '../../http/errors.ts'
import { parseQuery } from '../../http/parse-query.ts'
import { requirePlainBody } from '../../http/plain-body.ts'
import { versionForJob } from '../../models/asked-versions.ts'
import type { ModelAccess } from '../../models/model-access.ts'
import { jobIds } from '../../openapi/example-ids.ts'
import { type Description, json, jsonOf } from '../../openapi/operation.ts'
import { idempotencyKey, queryParameters } from '../../openapi/parameters.ts'
import type { Endpoint } from '../endpoint.ts'
import { unknownModelOf } from '../models/model-answers.ts'
import { exampleValues } from '../predict/example-rows.ts'
import {
  exampleUrl,
  noSecretExample,
  type WebhookDeps,
  webhookFor,
  webhookUrl,
} from '../webhooks/webhook-url.ts'
import { csv, formats, ndjson, text } from './batch-formats.ts'
import { exampleBatch } from './example-jobs.ts'
import { hashBatch, storeBatch } from './store-batch.ts'
import { nameConflict, notAccepted } from './submission-errors.ts'
import {
  answerSubmitted,
  fingerprintOf,
  nameOf,
  repeatOf,
  submitFor,
  takePlace,
} from './submit-job.ts'
import { withMemory } from './with-memory.ts'

type BatchDeps = WebhookDeps & {
  readonly queue: JobQueue
  readonly access: ModelAccess
  readonly timeLimitMs: number
  /** The largest batch, in bytes. */
  readonly maxBatch: number
}

const formatOf = (context: Context<Env>): BatchFormat['type'] => {
  const type = context.req.header('content-type')?.split(';')[0].trim().toLowerCase() ?? ''
  const format = formats[type]
  if (format !== undefined) return format
  const message = 'A batch must be CSV (Content-Type: text/csv) or NDJSON (application/x-ndjson)'
  throw new ApiError('unsupported_media_type', message)
}

/**
 * Submits a batch of rows, as CSV with a header or as NDJSON. A place in the queue is taken before the first row is read.
 * The rows are written to disk in chunks while they arrive. The job is written last, so a batch that is cut off leaves no
 * job.
 */
const handle =
  ({ db, queue, access, timeLimitMs, maxBatch, webhookHosts }: BatchDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    requirePlainBody(context.env.incoming.headers)
    const { model: asked } = parseQuery(batchQuery, context.req.query())
    const name = asked ?? defaultModel
    // The whole batch uses one model: another may be served when the last row arrives.
    const { model, tag } = await versionForJob({ access }, context, name)
    const body = { type: formatOf(context), maxBytes: maxBatch }
    const named = await nameOf(context, queue)
    if (named?.earlier !== undefined) {
      const isSame = named.earlier.fingerprint === fingerprint(await hashBatch(context, body), name)
      return answerSubmitted(context, repeatOf(named.earlier, isSame), '/jobs')
    }
    const webhookUrl = await webhookFor(context, { db, webhookHosts })
    const place = await takePlace(context, queue)
    const id = newJobId()
    try {
      const unknownMembers = asked === undefined ? 'ignored' : 'refused'
      const wanted = { ...body, features: model.info.featureNames, unknownMembers } as const
      const submitted = await submitWithInput(db, id, async (writer) => {
        const { input, hash } = await storeBatch(context, writer, wanted)
        const job = { id, kind, input, timeLimitMs, modelName: name, modelVersion: tag, webhookUrl }
        return submitFor(context, queue, {
          job,
          named,
          fingerprint: fingerprint(hash, name),
          place,
        })
      })
      return answerSubmitted(context, submitted, '/jobs')
    } finally {
      place.giveBack()
    }
  }

const kind: JobKind = 'batch'
const fingerprint = (hash: string, model: string) => fingerprintOf(kind, hash, model)

const batchQuery = z.object({
  model: z.string().max(64).optional().meta({
    description:
      'The name of the model. Without it, `default`, and columns and members that the model does not know are ignored',
  }),
})

const describe = (stored: StoredModel): Description => {
  const { csv: rows } = exampleBatch(stored)
  const answer = { type: json, value: { id: jobIds.batch } }
  const row = `${JSON.stringify(exampleValues(stored.model.info.features, 1))}\n`
  return {
    tag: 'Jobs',
    summary: 'Submit a batch job',
    description:
      'The body is CSV with a header that names the features, or NDJSON with one array or object on each line. It may have up to 256 MiB and is stored while it arrives. Where the model takes missing values, an empty cell, null or an absent member stands for one. A field of CSV may have line breaks in quotes. A row that cannot be scored does not affect other rows. The batch is rejected if quotes do not pair, or if the header lacks a column of the model or has one twice. With `model`, it is also rejected if the header has another column, and a row is not scored if it has a member that the model does not know. The job fails if its result becomes larger than the limit of the server, which is 1 GiB by default.',
    parameters: [...queryParameters(batchQuery), idempotencyKey, webhookUrl],
    body: { required: true, content: { [csv]: text, [ndjson]: text } },
    answers: {
      202: {
        description: 'The id of the job',
        headers: ['Location'],
        content: jsonOf('Submitted'),
      },
    },
    errors: [
      unknownModelOf({ model: 'unknown' }, { type: csv, value: rows }),
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
      nameConflict({ type: ndjson, value: row }),
      noSecretExample({
        parameters: { 'Webhook-URL': exampleUrl },
        body: { type: csv, value: rows },
      }),
      ...notAccepted({ type: csv, value: rows }),
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
    withMemory(limits.memory, handle({ db, ...models, ...jobs, ...limits })),
  describe,
}
