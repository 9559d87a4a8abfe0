import {
  countedLabel,
  expectedValue,
  type Feature,
  type Output,
  type Prediction,
  predictRow,
  predictRowInTime,
  type Row,
} from '@dsapi/inference'
import { defaultModel, type ServedModel, type StoredModel } from '@dsapi/registry'
import type { AppDeps } from '../../app-deps.ts'
import type { Answered } from '../../http/begun-answer.ts'
import { predictPath } from '../../http/request-target.ts'
import type { Metrics } from '../../metrics/metrics.ts'
import type { AskedVersions } from '../../models/answer-requests.ts'
import { servedVersions } from '../../models/asked-versions.ts'
import type { JsonSchema } from '../../openapi/document.ts'
import { type Description, type ErrorExample, json, jsonOf } from '../../openapi/operation.ts'
import type { Endpoint } from '../endpoint.ts'
import { exampleModel } from './example-model.ts'
import { exampleRow, exampleValues } from './example-rows.ts'
import { invalidFeatures, readRow } from './predict-path.ts'
import { rowError } from './prediction-errors.ts'
import { answerPredictions, type PredictionRequest } from './prediction-request.ts'

type PredictDeps = Pick<AppDeps['models'], 'answerRequest' | 'recordPredictions'> & {
  readonly metrics: Pick<Metrics, 'countPredictions'>
}

/**
 * Makes what answers a path with one row, such as `/predict/feature_a/1.0/feature_b/1.0`, for any model: its features by
 * name, each with its value.
 */
export const answerOne =
  ({ answerRequest, metrics, recordPredictions }: PredictDeps) =>
  /** @param base what stands in the path before the first name */
  async (
    { ownerId, requestId }: PredictionRequest,
    modelOf: () => Promise<AskedVersions>,
    path: string,
    base: string,
  ): Promise<Answered> => {
    const startedAt = recordPredictions ? performance.now() : 0
    const { stored, answered } = await answerRequest(await modelOf(), async (version) => {
      const read = readRow(version.model.info, path, base)
      if (!read.ok) throw read.error
      const prediction = await predict(version, read.row)
      return { prediction, rows: [{ features: read.row, answer: prediction }] }
    })
    const { name, tag } = stored
    const request = { ownerId, requestId, modelName: name, model: tag, startedAt }
    recordPredictions?.({ kind: 'single', ...request }, answered.rows)
    metrics.countPredictions(name, countedLabel(answered.prediction), 1)
    return { type: 'whole', tag, body: JSON.stringify(answered.prediction) }
  }

const predict = async ({ model }: StoredModel, row: Row): Promise<Prediction> => {
  try {
    return await predictRowInTime(model, row)
  } catch (error) {
    throw rowError(error, model.info.features)
  }
}

/**
 * Whether a path is that of a row for a model.
 *
 * @throws ApiError for the path of another row, with the path that is right
 */
export const isRowOf = ({ served }: ServedModel, path: string, base: string): boolean => {
  const read = readRow(served.model.info, path, base)
  if (!read.ok && read.error.code === 'not_found') throw read.error
  return true
}

/** The name of a path variable. Names with characters that a template or a URL reserves are numbered instead. */
const variable = ({ name }: Feature, index: number) =>
  /[{}/?#]/.test(name) ? `feature_${index + 1}` : name

const parameterOf = (feature: Feature, name: string) => ({
  name,
  in: 'path' as const,
  description: `The value of ${feature.name}. ${valueText(feature)}`,
  required: true,
  schema: pathSchema(feature),
})

const valueText = ({ type, nullable }: Feature) =>
  `${valueTexts[type]}${nullable ? ' The name and the value may be left out if the value is missing.' : ''}`

const valueTexts: Readonly<Record<Feature['type'], string>> = {
  number: 'It is a finite decimal number, such as 1, -2.5, .5 or 1e3.',
  integer: 'It is a whole number.',
  boolean: 'It is true or false.',
  text: 'It is a text, percent-encoded.',
}

const pathSchema = ({ type }: Feature): JsonSchema =>
  type === 'text' ? { type: 'string' } : { type }

const describe = ({ model }: StoredModel): Description => {
  const { features } = model.info
  const variables = features.map(variable)
  const template = features.map(({ name }, i) => `/${encodeURIComponent(name)}/{${variables[i]}}`)
  const values = exampleValues(features, 1)
  const ones = Object.fromEntries(variables.map((name, i) => [name, values[i]]))
  const wrong = features.findLastIndex(({ type }) => type !== 'text')
  return {
    template: `/predict${template.join('')}`,
    tag: 'Predictions',
    summary: 'Predict one row',
    parameters: features.map((feature, i) => parameterOf(feature, variables[i])),
    answers: {
      200: {
        description: answerText(model.info.output),
        headers: ['X-Model-Version'],
        content: jsonOf('Prediction'),
      },
    },
    errors: [
      wrong < 0 ? 'invalid_features' : wrongValue(features, variables, wrong, ones),
      'model_failed',
    ],
    examples: [
      {
        name: 'ones',
        parameters: ones,
        status: 200,
        answer: { type: json, value: predictRow(exampleModel(model), exampleRow(features, 1)) },
      },
    ],
  }
}

const answerText = ({ type }: Output) =>
  type === 'classes' ? 'The class and the probability of each class' : 'The predicted value'

/** The error for a path whose value of one feature is no number. */
const wrongValue = (
  features: readonly Feature[],
  variables: readonly string[],
  wrong: number,
  ones: Readonly<Record<string, unknown>>,
): ErrorExample => {
  const { name: field } = features[wrong]
  const message = `must be ${expectedValue(features[wrong])}`
  const error = invalidFeatures(features, [{ field, message }])
  return {
    code: error.code,
    message: error.message,
    detail: [{ field, message }],
    parameters: { ...ones, [variables[wrong]]: 'abc' },
  }
}

/** `GET /predict/…`, in the model's own names. */
export const predictOne: Endpoint = {
  id: 'predict',
  method: 'get',
  path: `${predictPath}*`,
  access: 'predict',
  handle: ({ models, observe }) => {
    const answer = answerOne({ ...models, ...observe })
    return (context) =>
      answerPredictions(context, (request) => {
        const modelOf = () => servedVersions(models, context.get('key'), defaultModel)
        return answer(request, modelOf, context.req.path, predictPath)
      })
  },
  exists:
    ({ models }) =>
    (context) => {
      const model = models.access.findNow(context.get('key'), defaultModel)
      return model !== undefined && isRowOf(model, context.req.path, predictPath)
    },
  describe,
}
