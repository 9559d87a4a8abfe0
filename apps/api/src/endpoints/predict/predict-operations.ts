import { predictRow, type StoredModel } from '@dsapi/registry'
import { json, jsonOf, type Operation } from '../../openapi/operation.ts'
import { everyRow, ones, zeros } from './example-rows.ts'

/** Names in a path, but for what a template or a URL would take for its own. */
const variable = (name: string, index: number) =>
  /[{}/?#]/.test(name) ? `feature_${index + 1}` : name

/** `GET /predict/…`, in the model's own names. */
export const predictOne = ({ model }: StoredModel): Operation => {
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

/** `POST /predict`. */
export const predictMany = ({ model }: StoredModel): Operation => {
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
