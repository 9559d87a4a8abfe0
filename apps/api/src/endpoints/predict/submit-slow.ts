import { isDeepStrictEqual } from 'node:util'
import {
  type Feature,
  isRecord,
  type JobKind,
  type ModelInfo,
  type ParsedFeatures,
  parseFeatures,
  type Row,
  type UnknownMembers,
} from '@dsapi/inference'
import type { EarlierJob, JobQueue } from '@dsapi/queue'
import { defaultModel, type StoredModel } from '@dsapi/registry'
import { withoutKeys } from '@dsapi/telemetry'
import type { Context } from 'hono'
import type { Env } from '../../http/env.ts'
import { invalidBody } from '../../http/errors.ts'
import { type BodyLimit, readBody } from '../../http/read-body.ts'
import { parseJson } from '../../http/read-json.ts'
import { versionForJob } from '../../models/asked-versions.ts'
import { jobIds } from '../../openapi/example-ids.ts'
import { type Description, json, jsonOf } from '../../openapi/operation.ts'
import { idempotencyKey } from '../../openapi/parameters.ts'
import type { Endpoint } from '../endpoint.ts'
import { nameConflict, notAccepted } from '../jobs/submission-errors.ts'
import { answerSubmitted, fingerprintOf, nameOf, repeatOf, submitFor } from '../jobs/submit-job.ts'
import {
  exampleUrl,
  noSecretExample,
  type WebhookDeps,
  webhookFor,
  webhookUrl,
} from '../webhooks/webhook-url.ts'
import { exampleObject } from './example-rows.ts'

type SubmitDeps = WebhookDeps & {
  readonly queue: JobQueue
  readonly timeLimitMs: number
  readonly jsonBody: BodyLimit
}

const kind: JobKind = 'slow-prediction'
const location = '/predict-slow'

/** Makes what takes the features of a slow prediction for any model, and answers with the id under which it will be found. */
export const answerSlow =
  ({ queue, timeLimitMs, jsonBody, ...webhooks }: SubmitDeps) =>
  async (
    context: Context<Env>,
    { name, model, tag }: StoredModel,
    unknownMembers: UnknownMembers,
  ): Promise<Response> => {
    const { features } = model.info
    const text = await readBody(context.env, jsonBody)
    const fingerprint = fingerprintOf(kind, text, name)
    const named = await nameOf(context, queue)
    if (named?.earlier !== undefined) {
      const isSame =
        named.earlier.fingerprint === fingerprint ||
        (named.earlier.modelName === name && asks(named.earlier, text, model.info))
      return answerSubmitted(context, repeatOf(named.earlier, isSame), location)
    }
    const parsed = parseFeatures(features, parseJson(text), { unknownMembers })
    if (!parsed.ok) throw invalidBody(allOf(parsed))
    const input = inputOf(features, parsed.row)
    const webhookUrl = await webhookFor(context, webhooks)
    const job = { kind, input, timeLimitMs, modelName: name, modelVersion: tag, webhookUrl }
    const submitted = await submitFor(context, queue, { job, named, fingerprint })
    return answerSubmitted(context, submitted, location)
  }

/** A row as it is stored: by names, without what is missing, and without any API key in a text. */
const inputOf = (features: readonly Feature[], row: Row) =>
  Object.fromEntries(
    features.flatMap(({ name }, place) => {
      const cell = row[place]
      if (cell === null) return []
      return [[name, typeof cell === 'string' ? withoutKeys(cell) : cell]]
    }),
  )

/** The first problems of a body, and how many more there are. */
const allOf = ({ problems, more }: Extract<ParsedFeatures, { readonly ok: false }>) =>
  more === 0 ? problems : [...problems, { field: '', message: `${more} more members are wrong` }]

/**
 * Whether a body has the features of an earlier job, by the feature names of that time. So a body that writes the same
 * features differently is the same request. Fingerprints of older versions were made of the features.
 */
const asks = (
  { kind: earlierKind, input }: EarlierJob,
  text: string,
  { features: known }: ModelInfo,
): boolean => {
  if (earlierKind !== kind || !isRecord(input)) return false
  const features = Object.entries(input).map(
    ([name, cell]): Feature =>
      known.find((feature) => feature.name === name) ?? {
        name,
        type: typeof cell === 'string' ? 'text' : 'number',
        nullable: false,
      },
  )
  const absent = known.filter(({ name, nullable }) => nullable && !Object.hasOwn(input, name))
  try {
    const all = [...features, ...absent]
    const parsed = parseFeatures(all, parseJson(text), { unknownMembers: 'ignored' })
    return parsed.ok && isDeepStrictEqual(inputOf(all, parsed.row), input)
  } catch {
    return false // What is not JSON is another request.
  }
}

/** A body without the first value that a model needs, or without an object where it needs none; and what is wrong with it. */
const lackingRow = (features: readonly Feature[]) => {
  const needed = features.find(({ nullable }) => !nullable)
  const { [needed?.name ?? '']: _, ...others } = exampleObject(features, 1)
  const value = needed === undefined ? [] : others
  const parsed = parseFeatures(features, value, { unknownMembers: 'ignored' })
  return { body: { type: json, value }, detail: parsed.ok ? [] : parsed.problems }
}

const describe = ({ model }: StoredModel): Description => {
  const { features } = model.info
  const row = { type: json, value: exampleObject(features, 1) }
  const submitted = { type: json, value: { id: jobIds.queued } }
  return {
    tag: 'Predictions',
    summary: 'Submit a slow prediction',
    description:
      'The job is on disk before the request is answered, so it survives a crash. Numbers may be given as text. Where the model takes missing values, null or an absent member stands for one. The Content-Type is ignored.',
    parameters: [idempotencyKey, webhookUrl],
    body: { required: true, content: jsonOf('Features') },
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
        message: 'Invalid request body',
        ...lackingRow(features),
      },
      'invalid_request',
      nameConflict({ type: json, value: exampleObject(features, 0) }),
      noSecretExample({ parameters: { 'Webhook-URL': exampleUrl }, body: row }),
      'body_too_large',
      'request_timeout',
      ...notAccepted(row),
    ],
    examples: [
      { name: 'ones', body: row, status: 202, answer: submitted },
      {
        name: 'named',
        summary: 'With an Idempotency-Key, so that the request can be sent again',
        parameters: { 'Idempotency-Key': 'order 8' },
        body: row,
        status: 202,
        answer: submitted,
      },
      {
        name: 'webhook',
        summary: 'With a URL that is notified when the job has ended',
        parameters: { 'Webhook-URL': exampleUrl },
        body: row,
        status: 202,
        answer: submitted,
      },
    ],
  }
}

/** `POST /predict-slow`. */
export const submitSlow: Endpoint = {
  id: 'submitSlow',
  method: 'post',
  path: '/predict-slow',
  access: 'predict',
  handle: ({ db, models, jobs, limits }) => {
    const answer = answerSlow({ db, ...jobs, ...limits })
    return async (context) =>
      answer(context, await versionForJob(models, context, defaultModel), 'ignored')
  },
  describe,
}
