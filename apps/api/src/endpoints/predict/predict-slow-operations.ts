import { predictRow, type StoredModel } from '@dsapi/registry'
import { jobIds } from '../../openapi/example-ids.ts'
import {
  type ErrorExample,
  type Example,
  json,
  jsonOf,
  type Operation,
} from '../../openapi/operation.ts'
import { idempotencyKey, idParameter, prefer } from '../../openapi/parameters.ts'
import { everyRow, ones } from './example-rows.ts'

/** `POST /predict-slow`. */
export const submitSlow = ({ model }: StoredModel): Operation => {
  const names = model.featureNames
  const row = { type: json, value: everyRow(names, 1) }
  const lacking = Object.fromEntries(names.slice(1).map((name) => [name, 1]))
  const submitted = { type: json, value: { id: jobIds.queued } }
  return {
    id: 'submitSlow',
    method: 'post',
    path: '/predict-slow',
    tag: 'Predictions',
    summary: 'Ask for a slow prediction',
    description:
      'The id is a promise: the job is on disk. Numbers may be given as text, and the Content-Type does not matter.',
    scope: 'predict',
    parameters: [idempotencyKey],
    body: { required: true, content: jsonOf('Features') },
    answers: {
      202: {
        description: 'The id under which the result will be found',
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
      {
        code: 'idempotency_conflict',
        message: 'This Idempotency-Key was used for another request',
        parameters: { 'Idempotency-Key': 'order 7' },
        body: { type: json, value: everyRow(names, 0) },
      },
      'body_too_large',
      'request_timeout',
      {
        code: 'queue_full',
        message: 'Too many jobs are waiting: try again later',
        body: row,
      },
      {
        code: 'unavailable',
        message: 'The database cannot be written at the moment: try again',
        body: row,
      },
    ],
    examples: [
      { name: 'ones', body: row, status: 202, answer: submitted },
      {
        name: 'named',
        summary: 'With a name of the client’s own, so that it may be sent twice',
        parameters: { 'Idempotency-Key': 'order 8' },
        body: row,
        status: 202,
        answer: submitted,
      },
    ],
  }
}

/** `GET /predict-slow/{id}`. */
export const getSlow = ({ model }: StoredModel): Operation => {
  const { class: label } = predictRow(model, ones(model.featureNames))
  const ready = { status: 200, answer: { type: json, value: { class: label } } }
  return {
    id: 'getSlow',
    method: 'get',
    path: '/predict-slow/{id}',
    tag: 'Predictions',
    summary: 'Get a slow prediction',
    scope: 'predict',
    parameters: [idParameter('As it was answered by POST /predict-slow'), prefer],
    answers: {
      200: {
        description: 'The class',
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

/** Why there is no result, for each state in which a job may be. */
export const resultErrors: readonly ErrorExample[] = [
  {
    code: 'not_ready',
    message: 'The prediction is not ready yet',
    parameters: { id: jobIds.queued },
  },
  { code: 'not_found', message: 'No such job', parameters: { id: jobIds.unknown } },
  { code: 'gone', message: 'The prediction was cancelled', parameters: { id: jobIds.cancelled } },
  {
    code: 'prediction_failed',
    message: 'The prediction failed: the worker ran out of memory',
    parameters: { id: jobIds.failed },
  },
  { code: 'internal', message: 'Internal server error', parameters: { id: jobIds.queued } },
]
