import { findVersion, removeVersion as remove, type StoredModel } from '@dsapi/registry'
import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import type { Env } from '../../http/env.ts'
import { nameIn, versionIn } from '../../models/asked-versions.ts'
import { unknownVersion } from '../../models/model-access.ts'
import { type Description, json, jsonOf } from '../../openapi/operation.ts'
import type { Endpoint } from '../endpoint.ts'
import { actorOf } from '../keys/key-request.ts'
import { describeVersion } from './describe-model.ts'
import { exampleName, exampleVersions } from './example-models.ts'
import {
  nameParameter,
  tag,
  unknownModelOf,
  unknownVersionOf,
  versionParameter,
} from './model-answers.ts'

const handle =
  ({ db }: AppDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const of = { name: nameIn(context), version: versionIn(context) }
    const found = await findVersion(db, of)
    await remove(db, { ...of, ...actorOf(context) })
    if (found === undefined) throw unknownVersion()
    return context.json(describeVersion(found))
  }

const describe = (stored: StoredModel): Description => ({
  tag,
  summary: 'Remove a version of a model',
  description:
    'Deletes the version and its file. A version that is served, a canary or a shadow cannot be removed. Jobs that were accepted for it fail.',
  parameters: [nameParameter, versionParameter],
  answers: {
    200: { description: 'The version that was removed', content: jsonOf('ModelVersion') },
  },
  errors: [
    unknownModelOf({ name: 'unknown', version: 1 }),
    unknownVersionOf({ name: exampleName, version: 9 }),
    {
      code: 'conflict',
      message:
        'Version 2 of the model churn is served, so it cannot be removed. Serve another version first',
      parameters: { name: exampleName, version: 2 },
    },
    'unavailable',
    'internal',
  ],
  examples: [
    {
      name: 'removed',
      parameters: { name: exampleName, version: 1 },
      status: 200,
      answer: { type: json, value: exampleVersions(stored)[2] },
    },
  ],
})

/** `DELETE /models/{name}/versions/{version}`. */
export const removeVersion: Endpoint = {
  id: 'removeModelVersion',
  method: 'delete',
  path: '/models/:name/versions/:version',
  access: 'admin',
  handle,
  describe,
}
