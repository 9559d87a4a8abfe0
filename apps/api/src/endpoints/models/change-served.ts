import {
  endCanary,
  endShadow,
  findModelSummary,
  rollBack as rollBackModel,
  type StoredModel,
  serveVersion,
} from '@dsapi/registry'
import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import type { Env } from '../../http/env.ts'
import { parseBody } from '../../http/parse-body.ts'
import { readJson } from '../../http/read-json.ts'
import { nameIn } from '../../models/asked-versions.ts'
import { unknownModel } from '../../models/model-access.ts'
import { type Description, json, jsonOf } from '../../openapi/operation.ts'
import type { Endpoint } from '../endpoint.ts'
import { actorOf } from '../keys/key-request.ts'
import { describeModel } from './describe-model.ts'
import { exampleModel, exampleName } from './example-models.ts'
import { nameParameter, tag, unknownModelOf, unknownVersionOf } from './model-answers.ts'
import { servedChange } from './model-schemas.ts'

const handleServe =
  (deps: AppDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const { db, limits, models } = deps
    const change = parseBody(servedChange, await readJson(context, limits.jsonBody))
    const { version, canary, shadow } = change
    const of = { name: nameIn(context), version, ...actorOf(context) }
    if (canary === 0) {
      await endCanary(db, of)
      return answerEnded(context, deps)
    }
    if (shadow === false) {
      await endShadow(db, of)
      return answerEnded(context, deps)
    }
    const changed = await serveVersion(db, { ...of, canary, shadow })
    await models.served.takeUp(of.name)
    return context.json(describeModel(changed))
  }

/** The model after its canary or shadow has ended; whether there was one makes no difference. */
const answerEnded = async (context: Context<Env>, { db, models }: AppDeps) => {
  const name = nameIn(context)
  await models.served.takeUp(name)
  const model = await findModelSummary(db, name)
  if (model === undefined) throw unknownModel(name)
  return context.json(describeModel(model))
}

const handleRollBack =
  ({ db, models }: AppDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const name = nameIn(context)
    const model = await rollBackModel(db, { name, ...actorOf(context) })
    await models.served.takeUp(name)
    return context.json(describeModel(model))
  }

const model = { description: 'The model after the change', content: jsonOf('Model') }
const serveFirst = { type: json, value: { version: 1 } }

const describeServe = (stored: StoredModel): Description => ({
  tag,
  summary: 'Serve a version of a model',
  description:
    'Every process takes up the change within two seconds, and no request fails meanwhile. With `canary` the version answers a share of the requests, and with `shadow` it answers copies of requests, whose answers nobody gets. A canary ends when another version is served, and is taken back when it fails more often than the served version.',
  parameters: [nameParameter],
  body: { required: true, content: jsonOf('ServedChange') },
  answers: { 200: model },
  errors: [
    {
      code: 'invalid_body',
      message: 'Invalid request body',
      detail: [
        { field: 'canary', message: 'must be a share of the requests below 100%, such as 10%' },
      ],
      parameters: { name: exampleName },
      body: { type: json, value: { version: 3, canary: 'a few' } },
    },
    unknownModelOf({ name: 'unknown' }, serveFirst),
    unknownVersionOf({ name: exampleName }, { type: json, value: { version: 9 } }),
    {
      code: 'conflict',
      message:
        'Version 2 of the model churn is served, so it cannot be a canary beside itself. Name another version',
      parameters: { name: exampleName },
      body: { type: json, value: { version: 2, canary: '10%' } },
    },
    'body_too_large',
    'request_timeout',
    'unavailable',
    'internal',
  ],
  examples: [
    { name: 'serve', parameters: { name: exampleName }, body: serveFirst, status: 200 },
    {
      name: 'canary',
      summary: 'As a canary',
      parameters: { name: exampleName },
      body: { type: json, value: { version: 3, canary: '25%' } },
      status: 200,
    },
    {
      name: 'shadow',
      summary: 'As a shadow',
      parameters: { name: exampleName },
      body: { type: json, value: { version: 1, shadow: true } },
      status: 200,
    },
    {
      name: 'no_shadow',
      summary: 'End the shadow',
      parameters: { name: exampleName },
      body: { type: json, value: { version: 1, shadow: false } },
      status: 200,
      answer: { type: json, value: exampleModel(stored) },
    },
  ],
})

const describeRollBack = (): Description => ({
  tag,
  summary: 'Roll back a model',
  description: 'Serves the version again that was served before. Once more, the one before that.',
  parameters: [nameParameter],
  answers: { 200: model },
  errors: [
    unknownModelOf({ name: 'unknown' }),
    {
      code: 'conflict',
      message:
        'No other version of the model default was served before version 1. Serve one by its number',
      parameters: { name: 'default' },
    },
    'unavailable',
    'internal',
  ],
  examples: [{ name: 'rolled_back', parameters: { name: exampleName }, status: 200 }],
})

/** `PUT /models/{name}/served`. */
export const serveModel: Endpoint = {
  id: 'serveModel',
  method: 'put',
  path: '/models/:name/served',
  access: 'admin',
  handle: handleServe,
  describe: describeServe,
}

/** `POST /models/{name}/rollback`. */
export const rollBack: Endpoint = {
  id: 'rollBackModel',
  method: 'post',
  path: '/models/:name/rollback',
  access: 'admin',
  handle: handleRollBack,
  describe: describeRollBack,
}
