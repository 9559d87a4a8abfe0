import { isDeepStrictEqual } from 'node:util'
import { type JobKind, type ParsedFeatures, parseFeatures } from '@dsapi/inference'
import type { EarlierJob, JobQueue } from '@dsapi/queue'
import type { StoredModel } from '@dsapi/registry'
import type { Context } from 'hono'
import type { Env } from '../../http/env.ts'
import { invalidBody } from '../../http/errors.ts'
import { type BodyLimit, readBody } from '../../http/read-body.ts'
import { parseJson } from '../../http/read-json.ts'
import { jobIds } from '../../openapi/example-ids.ts'
import { type Description, json, jsonOf } from '../../openapi/operation.ts'
import { idempotencyKey } from '../../openapi/parameters.ts'
import type { Endpoint } from '../endpoint.ts'
import { nameConflict, notAccepted } from '../jobs/submission-errors.ts'
import { answerSubmitted, fingerprintOf, nameOf, repeatOf, submitFor } from '../jobs/submit-job.ts'
import { everyRow } from './example-rows.ts'

type SubmitDeps = {
  readonly queue: JobQueue
  readonly currentModel: () => StoredModel
  readonly timeLimitMs: number
  readonly jsonBody: BodyLimit
}

const kind: JobKind = 'slow-prediction'
const location = '/predict-slow'

/** Takes the features of a slow prediction, and answers with the id under which it will be found. */
const handle =
  ({ queue, currentModel, timeLimitMs, jsonBody }: SubmitDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const { model, tag } = currentModel()
    const { featureNames } = model.info
    const text = await readBody(context, jsonBody)
    const fingerprint = fingerprintOf(kind, text)
    const named = await nameOf(context, queue)
    if (named?.earlier !== undefined) {
      const isSame = named.earlier.fingerprint === fingerprint || asks(named.earlier, text)
      return answerSubmitted(context, repeatOf(named.earlier, isSame), location)
    }
    const parsed = parseFeatures(featureNames, parseJson(text))
    if (!parsed.ok) throw invalidBody(allOf(parsed))
    const input = Object.fromEntries(featureNames.map((name, index) => [name, parsed.row[index]]))
    const job = { kind, input, timeLimitMs, modelVersion: tag }
    const submitted = await submitFor(context, queue, { job, named, fingerprint })
    return answerSubmitted(context, submitted, location)
  }

/** The first problems of a body, and how many more there are. */
const allOf = ({ problems, more }: Extract<ParsedFeatures, { readonly ok: false }>) =>
  more === 0 ? problems : [...problems, { field: '', message: `${more} more members are wrong` }]

/**
 * Whether a body has the features of an earlier job, by the feature names of that time. So a body that writes the same
 * features differently is the same request. Fingerprints of older versions were made of the features.
 */
const asks = ({ kind: earlierKind, input }: EarlierJob, text: string): boolean => {
  if (earlierKind !== kind || typeof input !== 'object' || input === null) return false
  try {
    const parsed = parseFeatures(Object.keys(input), parseJson(text))
    return parsed.ok && isDeepStrictEqual(parsed.row, Object.values(input))
  } catch {
    return false // What is not JSON is another request.
  }
}

const describe = ({ model }: StoredModel): Description => {
  const names = model.info.featureNames
  const row = { type: json, value: everyRow(names, 1) }
  const lacking = Object.fromEntries(names.slice(1).map((name) => [name, 1]))
  const submitted = { type: json, value: { id: jobIds.queued } }
  return {
    tag: 'Predictions',
    summary: 'Submit a slow prediction',
    description:
      'The job is on disk before the request is answered, so it survives a crash. Numbers may be given as text. The Content-Type is ignored.',
    parameters: [idempotencyKey],
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
        detail: [{ field: names[0], message: 'is missing' }],
        body: { type: json, value: lacking },
      },
      'invalid_request',
      nameConflict({ type: json, value: everyRow(names, 0) }),
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
    ],
  }
}

/** `POST /predict-slow`. */
export const submitSlow: Endpoint = {
  id: 'submitSlow',
  method: 'post',
  path: '/predict-slow',
  access: 'predict',
  handle: ({ models, jobs, limits }) => handle({ ...models, ...jobs, ...limits }),
  describe,
}
