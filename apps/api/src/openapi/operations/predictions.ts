import { predictRow, type StoredModel } from '@dsapi/registry'
import { jobIds } from '../example-ids.ts'
import { type ErrorExample, type Example, json, jsonOf, type Operation } from '../operation.ts'
import { idempotencyKey, idParameter, prefer } from '../parameters.ts'

/** Names in a path, but for what a template or a URL would take for its own. */
const variable = (name: string, index: number) =>
  /[{}/?#]/.test(name) ? `feature_${index + 1}` : name

const everyRow = (names: readonly string[], value: unknown) =>
  Object.fromEntries(names.map((name) => [name, value]))

/** What can be asked of the model: in its names, with answers that are its own. */
export const predictionOperations = (stored: StoredModel): readonly Operation[] => [
  predictOne(stored),
  predictMany(stored),
  submitSlow(stored),
  getSlow(stored),
]

const predictOne = ({ model }: StoredModel): Operation => {
  const names = model.featureNames
  const variables = names.map(variable)
  const template = names.map((name, i) => `/${encodeURIComponent(name)}/{${variables[i]}}`)
  const wrong = variables[variables.length - 1]
  const notDecimal = { field: names[names.length - 1], message: 'must be a finite decimal number' }
  return {
    id: 'predict',
    method: 'get',
    path: `/predict${template.join('')}`,
    tag: 'Predictions',
    summary: 'Predict one row',
    scope: 'predict',
    parameters: variables.map((name, i) => ({
      name,
      in: 'path',
      description: `The value of ${names[i]}: a finite decimal number, such as 1, -2.5, .5 or 1e3`,
      required: true,
      schema: { type: 'number' },
    })),
    answers: {
      200: {
        description: 'The class and the probability of each class',
        headers: ['X-Model-Version'],
        content: jsonOf('Prediction'),
      },
    },
    errors: [
      {
        code: 'invalid_features',
        message: 'Input features were not valid floats',
        detail: [notDecimal],
        parameters: { ...everyRow(variables, 1), [wrong]: 'abc' },
      },
    ],
    examples: [
      {
        name: 'ones',
        parameters: everyRow(variables, 1),
        status: 200,
        answer: { type: json, value: predictRow(model, ones(names)) },
      },
    ],
  }
}

const ones = (names: readonly string[]) => names.map(() => 1)
const zeros = (names: readonly string[]) => names.map(() => 0)

const predictMany = ({ model }: StoredModel): Operation => {
  const names = model.featureNames
  const predictions = [predictRow(model, ones(names)), predictRow(model, zeros(names))]
  return {
    id: 'predictMany',
    method: 'post',
    path: '/predict',
    tag: 'Predictions',
    summary: 'Predict many rows',
    description: 'The rows come by order or by name; the answer has one prediction each, in order.',
    scope: 'predict',
    body: { required: true, content: jsonOf('Instances') },
    answers: {
      200: {
        description: 'A prediction for each row',
        headers: ['X-Model-Version'],
        content: jsonOf('Predictions'),
      },
    },
    errors: [
      {
        code: 'invalid_body',
        message: 'Invalid request body',
        detail: [{ field: 'instances', message: 'must be an array of rows' }],
        body: { type: json, value: { rows: [] } },
      },
      'body_too_large',
      'request_timeout',
      'unavailable',
    ],
    examples: [
      {
        name: 'rows',
        body: { type: json, value: { instances: [ones(names), everyRow(names, 0)] } },
        status: 200,
        answer: { type: json, value: { predictions } },
      },
    ],
  }
}

const submitSlow = ({ model }: StoredModel): Operation => {
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
        message: 'Too many predictions are waiting: try again later',
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

const getSlow = ({ model }: StoredModel): Operation => {
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
  { code: 'not_found', message: 'No such prediction', parameters: { id: jobIds.unknown } },
  { code: 'gone', message: 'The prediction was cancelled', parameters: { id: jobIds.cancelled } },
  {
    code: 'prediction_failed',
    message: 'The prediction failed: the worker ran out of memory',
    parameters: { id: jobIds.failed },
  },
  { code: 'internal', message: 'Internal server error', parameters: { id: jobIds.queued } },
]
