import { findModelSummary, listVersions, type StoredModel } from '@dsapi/registry'
import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import type { Env } from '../../http/env.ts'
import { nameIn } from '../../models/asked-versions.ts'
import { unknownModel } from '../../models/model-access.ts'
import { requireVersion } from '../../models/require-version.ts'
import { type Description, json, jsonOf } from '../../openapi/operation.ts'
import type { Endpoint } from '../endpoint.ts'
import { describeModel, describeVersion } from './describe-model.ts'
import { exampleModel, exampleName, exampleVersions } from './example-models.ts'
import {
  nameParameter,
  tag,
  unknownModelOf,
  unknownVersionOf,
  versionParameter,
} from './model-answers.ts'

const handleModel =
  ({ db }: AppDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const name = nameIn(context)
    const model = await findModelSummary(db, name)
    if (model === undefined) throw unknownModel(name)
    const versions = (await listVersions(db, name)).map(describeVersion)
    return context.json({ ...describeModel(model), versions })
  }

const handleVersion =
  ({ db }: AppDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    return context.json(describeVersion(await requireVersion(db, context)))
  }

const describeGetModel = (stored: StoredModel): Description => ({
  tag,
  summary: 'Get a model',
  description: 'Returns a model with all its versions.',
  parameters: [nameParameter],
  answers: { 200: { description: 'The model', content: jsonOf('ModelWithVersions') } },
  errors: [unknownModelOf({ name: 'unknown' }), 'internal'],
  examples: [
    { name: 'default', parameters: { name: 'default' }, status: 200 },
    {
      name: exampleName,
      parameters: { name: exampleName },
      status: 200,
      answer: { type: json, value: { ...exampleModel(stored), versions: exampleVersions(stored) } },
    },
  ],
})

const describeGetVersion = (stored: StoredModel): Description => ({
  tag,
  summary: 'Get a version of a model',
  parameters: [nameParameter, versionParameter],
  answers: { 200: { description: 'The version', content: jsonOf('ModelVersion') } },
  errors: [
    unknownModelOf({ name: 'unknown', version: 1 }),
    unknownVersionOf({ name: exampleName, version: 9 }),
    'internal',
  ],
  examples: [
    { name: 'default', parameters: { name: 'default', version: 1 }, status: 200 },
    ...exampleVersions(stored).map((version) => ({
      name: `version_${version.version}`,
      parameters: { name: exampleName, version: version.version },
      status: 200,
      answer: { type: json, value: version },
    })),
  ],
})

/** `GET /models/{name}`. */
export const getModel: Endpoint = {
  id: 'getModel',
  method: 'get',
  path: '/models/:name',
  access: 'any key',
  handle: handleModel,
  describe: describeGetModel,
}

/** `GET /models/{name}/versions/{version}`. */
export const getModelVersion: Endpoint = {
  id: 'getModelVersion',
  method: 'get',
  path: '/models/:name/versions/:version',
  access: 'any key',
  handle: handleVersion,
  describe: describeGetVersion,
}
