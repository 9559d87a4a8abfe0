import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import type { Env } from '../../http/env.ts'
import { nameIn, versionForJob, versionsIn } from '../../models/asked-versions.ts'
import { type Description, jsonOf } from '../../openapi/operation.ts'
import type { Endpoint } from '../endpoint.ts'
import { answerMany, predictMany } from '../predict/predict-many.ts'
import { answerOne, isRowOf, predictOne } from '../predict/predict-one.ts'
import { answerPredictions } from '../predict/prediction-request.ts'
import { answerSlow, submitSlow } from '../predict/submit-slow.ts'
import {
  nameParameter,
  unknownModelOf,
  unknownVersionOf,
  versionParameter,
} from './model-answers.ts'

// The operations of the paths of `default`, for a model by its name, and for one of its versions.

/** A path below which a model answers, and what the examples put into it. */
type Below = {
  readonly path: string
  readonly template: string
  readonly suffix: string
  readonly parameters: NonNullable<Description['parameters']>
  readonly example: Readonly<Record<string, unknown>>
}

const ofModel: Below = {
  path: '/models/:name',
  template: '/models/{name}',
  suffix: 'Model',
  parameters: [nameParameter],
  example: { name: 'default' },
}

const ofVersion: Below = {
  path: '/models/:name/versions/:version',
  template: '/models/{name}/versions/{version}',
  suffix: 'ModelVersion',
  parameters: [nameParameter, versionParameter],
  example: { name: 'default', version: 1 },
}

/** Describes an operation of the model `default` for any model: with its name as a parameter, and with any features. */
const named = (
  described: Description,
  { template, suffix, parameters, example }: Below,
  {
    path,
    summary,
    body,
    answer,
  }: {
    readonly path: string
    readonly summary: string
    readonly body?: string
    readonly answer: string
  },
): Description => {
  const withNames = <T extends { readonly parameters?: Readonly<Record<string, unknown>> }>(
    of: T,
  ) => ({
    ...of,
    parameters: { ...example, ...of.parameters },
  })
  const [first] = described.examples
  const request = { ...first.parameters, ...example }
  const unknown = [
    unknownModelOf({ ...request, name: 'unknown' }, first.body),
    ...(suffix === 'ModelVersion'
      ? [unknownVersionOf({ ...request, version: 9 }, first.body)]
      : []),
  ]
  const status = described.answers[200] ? 200 : 202
  return {
    ...described,
    template: `${template}${path}`,
    summary,
    parameters: [...parameters, ...(described.parameters ?? [])],
    ...(body && { body: { required: true, content: jsonOf(body) } }),
    answers: { [status]: { ...described.answers[status], content: jsonOf(answer) } },
    errors: [
      ...described.errors.map((error) => (typeof error === 'string' ? error : withNames(error))),
      ...unknown,
    ],
    examples: described.examples.map(withNames),
  }
}

const many = (below: Below, summary: string): Endpoint => ({
  id: `predictMany${below.suffix}`,
  method: 'post',
  path: `${below.path}/predict`,
  access: 'predict',
  handle: ({ models, observe, limits }) => {
    const answer = answerMany({ ...models, ...observe, ...limits })
    return (context) =>
      answerPredictions(context, (request) =>
        answer(request, () => versionsIn(models, context), 'refused'),
      )
  },
  describe: (stored) =>
    named(predictMany.describe(stored), below, {
      ...{ path: '/predict', summary },
      ...{ body: 'AnyInstances', answer: 'AnyPredictions' },
    }),
})

/** What stands in the path before the first name of a feature. */
const baseOf = ({ req }: Context<Env>) =>
  req.path.slice(0, req.path.indexOf('/predict/', '/models/'.length) + '/predict/'.length)

const one = (below: Below, summary: string): Endpoint => ({
  id: `predict${below.suffix}`,
  method: 'get',
  path: `${below.path}/predict/*`,
  access: 'predict',
  handle: ({ models, observe }) => {
    const answer = answerOne({ ...models, ...observe })
    return (context) =>
      answerPredictions(context, (request) =>
        answer(request, () => versionsIn(models, context), context.req.path, baseOf(context)),
      )
  },
  exists: rowExists,
  describe: (stored) => {
    const described = predictOne.describe(stored)
    return named(described, below, {
      ...{ path: described.template ?? '', summary, answer: 'AnyPrediction' },
    })
  },
})

/** Whether the path is that of a row for the served version of the model. */
const rowExists =
  ({ models }: AppDeps) =>
  (context: Context<Env>): boolean => {
    const model = models.access.findNow(context.get('key'), nameIn(context))
    return model !== undefined && isRowOf(model, context.req.path, baseOf(context))
  }

/** `POST /models/{name}/predict`. */
export const predictManyModel = many(ofModel, 'Predict many rows with a model')
/** `GET /models/{name}/predict/…`. */
export const predictModel = one(ofModel, 'Predict one row with a model')
/** `POST /models/{name}/versions/{version}/predict`. */
export const predictManyModelVersion = many(
  ofVersion,
  'Predict many rows with a version of a model',
)
/** `GET /models/{name}/versions/{version}/predict/…`. */
export const predictModelVersion = one(ofVersion, 'Predict one row with a version of a model')

/** `POST /models/{name}/predict-slow`. */
export const submitSlowModel: Endpoint = {
  id: 'submitSlowModel',
  method: 'post',
  path: `${ofModel.path}/predict-slow`,
  access: 'predict',
  handle: ({ db, models, jobs, limits }) => {
    const answer = answerSlow({ db, ...jobs, ...limits })
    return async (context) =>
      answer(context, await versionForJob(models, context, nameIn(context)), 'refused')
  },
  describe: (stored) =>
    named(submitSlow.describe(stored), ofModel, {
      ...{ path: '/predict-slow', summary: 'Submit a slow prediction with a model' },
      ...{ body: 'AnyFeatures', answer: 'Submitted' },
    }),
}
