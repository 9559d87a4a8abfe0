import type { Database } from '@dsapi/db'
import {
  type Dispatcher,
  getJob,
  type Job,
  parseJobId,
  QueueFullError,
  submitJob,
} from '@dsapi/queue'
import { parseFeatures, readSlowResult, type StoredModel } from '@dsapi/registry'
import type { Context } from 'hono'
import type { Env } from '../env.ts'
import { ApiError } from '../errors.ts'
import { readJson } from '../read-json.ts'

type SlowDeps = {
  readonly db: Database
  readonly dispatcher: Dispatcher
  readonly currentModel: () => StoredModel
  readonly queueLimit: number
}

/** Takes the features of a slow prediction, and answers with the id under which it will be found. */
export const submitSlow =
  ({ db, dispatcher, currentModel, queueLimit }: SlowDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const { featureNames } = currentModel().model
    const body = await readJson(context)
    const parsed = parseFeatures(featureNames, body)
    if (!parsed.ok) {
      throw new ApiError('invalid_body', 'Invalid request body', { detail: parsed.problems })
    }
    const input = Object.fromEntries(featureNames.map((name, index) => [name, parsed.row[index]]))
    const id = await submitJob(db, dispatcher, {
      keyId: context.get('key').ownerId,
      input,
      limit: queueLimit,
    }).catch(explainFull)
    context.header('location', `/predict-slow/${id}`)
    return context.json({ id }, 202)
  }

const explainFull = (error: unknown): never => {
  if (!(error instanceof QueueFullError)) throw error
  throw new ApiError('queue_full', 'Too many predictions are waiting: try again later', {
    headers: { 'retry-after': '10' },
  })
}

/** Answers with a slow prediction's result, or says why there is none. */
export const getSlow =
  (db: Database) =>
  async (context: Context<Env, '/predict-slow/:id'>): Promise<Response> => {
    const id = parseJobId(context.req.param('id'))
    const job = id && (await getJob(db, { id, keyId: context.get('key').ownerId }))
    if (job === undefined) throw new ApiError('not_found', 'No such prediction')
    return answer(context, job)
  }

const answer = (context: Context<Env>, job: Job): Response => {
  switch (job.state) {
    case 'queued':
    case 'running':
      throw new ApiError('not_ready', 'The prediction is not ready yet', {
        headers: { 'retry-after': '1' },
      })
    case 'succeeded': {
      const result = readSlowResult(job.result)
      context.header('x-model-version', result.model_version)
      return context.json({ class: result.class })
    }
    case 'failed':
      throw new ApiError('prediction_failed', `The prediction failed: ${job.error}`)
  }
}
