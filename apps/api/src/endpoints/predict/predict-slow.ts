import { isDeepStrictEqual } from 'node:util'
import type { Database } from '@dsapi/db'
import type { EarlierJob, JobQueue, JobWatch } from '@dsapi/queue'
import {
  type ParsedFeatures,
  parseFeatures,
  readSlowResult,
  type StoredModel,
} from '@dsapi/registry'
import type { Context } from 'hono'
import type { Env } from '../../http/env.ts'
import { ApiError, invalidBody } from '../../http/errors.ts'
import { type BodyLimit, readBody } from '../../http/read-body.ts'
import { parseJson } from '../../http/read-json.ts'
import { ownJob, requireResult } from '../jobs/find-own-job.ts'
import { answerSubmitted, fingerprintOf, nameOf, repeatOf, submitFor } from '../jobs/submit-job.ts'
import { preferredWait, waitForEnd } from '../jobs/wait-for-end.ts'

type SubmitDeps = {
  readonly queue: JobQueue
  readonly currentModel: () => StoredModel
  readonly timeLimitMs: number
  readonly jsonBody: BodyLimit
}

const kind = 'slow-prediction'
const location = '/predict-slow'

/** Takes the features of a slow prediction, and answers with the id under which it will be found. */
export const submitSlow =
  ({ queue, currentModel, timeLimitMs, jsonBody }: SubmitDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const { model, tag } = currentModel()
    const { featureNames } = model
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
 * Whether a body has the features that an earlier job was submitted with, by the names of that time. So the same
 * features in other words are the same request; and older versions made their fingerprints of the features.
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

type GetDeps = {
  readonly db: Database
  /** Tells of ends as soon as they come. */
  readonly endWatch: JobWatch
  readonly stopping: AbortSignal
}

/** Answers with a slow prediction's result, or says why there is none; keeps a client waiting for it
 * that asks for that. */
export const getSlow =
  ({ db, endWatch, stopping }: GetDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const job = await ownJob(db, context)
    const seconds = preferredWait(context.req.header('prefer'))
    if (seconds > 0) context.header('preference-applied', `wait=${seconds}`)
    const signal = AbortSignal.any([stopping, context.req.raw.signal])
    const { result, kind } = requireResult(await waitForEnd(job, endWatch, seconds, signal))
    if (kind !== 'slow-prediction') throw new ApiError('not_found', 'No such job')
    const slow = readSlowResult(result)
    context.header('x-model-version', slow.model_version)
    return context.json({ class: slow.class })
  }
