import type { Database } from '@dsapi/db'
import type { JobWatch, Submit } from '@dsapi/queue'
import { parseFeatures, readSlowResult, type StoredModel } from '@dsapi/registry'
import type { Context } from 'hono'
import type { Env } from '../env.ts'
import { ApiError, invalidBody } from '../errors.ts'
import { ownJob, requireResult } from '../own-job.ts'
import type { BodyLimit } from '../read-body.ts'
import { readJson } from '../read-json.ts'
import { submitAndAnswer } from '../submit.ts'
import { preferredWait, waitForEnd } from '../wait-for-end.ts'

type SubmitDeps = {
  readonly submit: Submit
  readonly currentModel: () => StoredModel
  readonly timeLimitMs: number
  readonly jsonBody: BodyLimit
}

/** Takes the features of a slow prediction, and answers with the id under which it will be found. */
export const submitSlow =
  ({ submit, currentModel, timeLimitMs, jsonBody }: SubmitDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const { model, tag } = currentModel()
    const { featureNames } = model
    const body = await readJson(context, jsonBody)
    const parsed = parseFeatures(featureNames, body)
    if (!parsed.ok) throw invalidBody(parsed.problems)
    const input = Object.fromEntries(featureNames.map((name, index) => [name, parsed.row[index]]))
    const job = { kind: 'slow-prediction', input, timeLimitMs, modelVersion: tag }
    const content = JSON.stringify(input)
    return submitAndAnswer(context, submit, job, { content, location: '/predict-slow' })
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
