import { predictRow, predictRowInTime } from '@dsapi/inference'
import type { StoredModel } from '@dsapi/registry'
import type { Context } from 'hono'
import type { Env } from '../../http/env.ts'
import { requestOwner } from '../../http/request-owner.ts'
import { predictPath } from '../../http/request-target.ts'
import type { Metrics } from '../../metrics/metrics.ts'
import { type Description, json, jsonOf } from '../../openapi/operation.ts'
import type { Endpoint } from '../endpoint.ts'
import { everyRow, ones } from './example-rows.ts'
import { readRow } from './predict-path.ts'
import type { RecordPredictions } from './record-predictions.ts'

type PredictDeps = {
  readonly currentModel: () => StoredModel
  readonly metrics: Metrics
  /** Only where predictions are logged. */
  readonly recordPredictions: RecordPredictions | undefined
}

/** `/predict/feature_a/1.0/feature_b/1.0`: the model's features by name, each with its value. */
const handle =
  ({ currentModel, metrics, recordPredictions }: PredictDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const startedAt = recordPredictions ? performance.now() : 0
    const { model, tag } = currentModel()
    const read = readRow(model.info.featureNames, context.req.path)
    if (!read.ok) throw read.error
    const prediction = await predictRowInTime(model, read.row)
    recordPredictions?.({ kind: 'single', ...requestOwner(context), model: tag, startedAt }, [
      { features: read.row, answer: prediction },
    ])
    metrics.countPredictions(prediction.class, 1)
    context.header('x-model-version', tag)
    return context.json(prediction)
  }

/** @throws ApiError for a path that is not the model's, with the path that is */
const isPathOf = (currentModel: () => StoredModel) => (context: Context<Env>) => {
  const read = readRow(currentModel().model.info.featureNames, context.req.path)
  if (!read.ok && read.error.code === 'not_found') throw read.error
  return true
}

/** The name of a path variable. Names with characters that a template or a URL reserves are numbered instead. */
const variable = (name: string, index: number) =>
  /[{}/?#]/.test(name) ? `feature_${index + 1}` : name

const describe = ({ model }: StoredModel): Description => {
  const names = model.info.featureNames
  const variables = names.map(variable)
  const template = names.map((name, i) => `/${encodeURIComponent(name)}/{${variables[i]}}`)
  const wrong = variables[variables.length - 1]
  const notDecimal = { field: names[names.length - 1], message: 'must be a finite decimal number' }
  return {
    template: `/predict${template.join('')}`,
    tag: 'Predictions',
    summary: 'Predict one row',
    parameters: variables.map((name, i) => ({
      name,
      in: 'path',
      description: `The value of ${names[i]}. It is a finite decimal number, such as 1, -2.5, .5 or 1e3.`,
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

/** `GET /predict/…`, in the model's own names. */
export const predictOne: Endpoint = {
  id: 'predict',
  method: 'get',
  path: `${predictPath}*`,
  access: 'predict',
  handle: ({ models, observe }) => handle({ ...models, ...observe }),
  exists: ({ models }) => isPathOf(models.currentModel),
  describe,
}
