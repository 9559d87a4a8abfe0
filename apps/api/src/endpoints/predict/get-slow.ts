import type { Database } from '@dsapi/db'
import { type Prediction, predictRow, readSlowResult } from '@dsapi/inference'
import type { JobWatch } from '@dsapi/queue'
import type { StoredModel } from '@dsapi/registry'
import type { Context } from 'hono'
import type { Env } from '../../http/env.ts'
import { ApiError } from '../../http/errors.ts'
import { jobIds } from '../../openapi/example-ids.ts'
import { type Description, type Example, json, jsonOf } from '../../openapi/operation.ts'
import { idParameter, prefer } from '../../openapi/parameters.ts'
import type { Endpoint } from '../endpoint.ts'
import { findOwnJob, requireResult } from '../jobs/find-own-job.ts'
import { resultErrors } from '../jobs/result-errors.ts'
import { preferredWait, waitForEnd } from '../jobs/wait-for-end.ts'
import { exampleModel } from './example-model.ts'
import { exampleRow } from './example-rows.ts'

type GetDeps = {
  readonly db: Database
  /** Reports the ends of jobs as soon as they come. */
  readonly endWatch: JobWatch
  readonly stopping: AbortSignal
}

/** Answers with a slow prediction's result, or says why there is none; keeps a client waiting for it
 * that asks for that. */
const handle =
  ({ db, endWatch, stopping }: GetDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const job = await findOwnJob(db, context)
    const seconds = preferredWait(context.req.header('prefer'))
    if (seconds > 0) context.header('preference-applied', `wait=${seconds}`)
    const signal = AbortSignal.any([stopping, context.req.raw.signal])
    const { result, kind } = requireResult(await waitForEnd(job, endWatch, seconds, signal))
    if (kind !== 'slow-prediction') throw new ApiError('not_found', 'No such job')
    const slow = readSlowResult(result)
    context.header('x-model-version', slow.model_version)
    return context.json(briefly(slow))
  }

/** A class without its probabilities, as the clients of the first version know it; values as they are. */
const briefly = (answer: Prediction) => {
  if ('class' in answer) return { class: answer.class }
  return 'value' in answer ? { value: answer.value } : { values: answer.values }
}

const describe = ({ model }: StoredModel): Description => {
  const answer = predictRow(exampleModel(model), exampleRow(model.info.features, 1))
  const ready = { status: 200, answer: { type: json, value: briefly(answer) } }
  return {
    tag: 'Predictions',
    summary: 'Get a slow prediction',
    parameters: [idParameter('The id that `POST /predict-slow` returned'), prefer],
    answers: {
      200: {
        description: 'The predicted class or value',
        headers: ['X-Model-Version', 'Preference-Applied'],
        content: jsonOf('SlowPrediction'),
      },
    },
    errors: resultErrors,
    examples: [
      { name: 'ready', parameters: { id: jobIds.succeeded }, ...ready },
      { name: 'waiting', parameters: { id: jobIds.succeeded, Prefer: 'wait=10' }, ...ready },
    ] satisfies Example[],
  }
}

/** `GET /predict-slow/{id}`. */
export const getSlow: Endpoint = {
  id: 'getSlow',
  method: 'get',
  path: '/predict-slow/:id',
  access: 'predict',
  handle: ({ db, jobs, life }) => handle({ db, ...jobs, ...life }),
  describe,
}
