import { readVersionFile } from '@dsapi/registry'
import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import type { Env } from '../../http/env.ts'
import { streamBody } from '../../http/stream-body.ts'
import { requireVersion } from '../../models/require-version.ts'
import type { Description } from '../../openapi/operation.ts'
import type { Endpoint } from '../endpoint.ts'
import { exampleName } from './example-models.ts'
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
    const { name, version } = await requireVersion(db, context)
    context.header('content-type', 'application/octet-stream')
    return context.body(await streamBody(context, readVersionFile(db, { name, version })))
  }

const describe = (): Description => ({
  tag,
  summary: 'Get the file of a version of a model',
  description: 'Returns the bytes that were added.',
  parameters: [nameParameter, versionParameter],
  answers: {
    200: {
      description: 'The file of the version',
      content: { 'application/octet-stream': { type: 'string', format: 'binary' } },
    },
  },
  errors: [
    unknownModelOf({ name: 'unknown', version: 1 }),
    unknownVersionOf({ name: exampleName, version: 9 }),
    'internal',
  ],
  examples: [{ name: 'file', parameters: { name: 'default', version: 1 }, status: 200 }],
})

/** `GET /models/{name}/versions/{version}/file`. */
export const getVersionFile: Endpoint = {
  id: 'getModelVersionFile',
  method: 'get',
  path: '/models/:name/versions/:version/file',
  access: 'admin',
  handle,
  describe,
}
