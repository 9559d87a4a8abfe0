import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import type { Env } from '../../http/env.ts'
import { type Description, json } from '../../openapi/operation.ts'
import type { Endpoint } from '../endpoint.ts'

const handle =
  ({ documents, models }: AppDeps) =>
  (context: Context<Env>): Response => {
    context.header('x-model-version', models.describedModel().tag)
    context.header('cache-control', 'no-cache')
    return context.json(documents.openApi())
  }

const describe = (): Description => ({
  tag: 'Operations',
  summary: 'Get the OpenAPI document',
  description: 'The document uses the feature names and classes of the served model.',
  answers: {
    200: {
      description: 'The document, in OpenAPI 3.1',
      headers: ['X-Model-Version', 'Cache-Control'],
      content: { [json]: { type: 'object', properties: { openapi: { type: 'string' } } } },
    },
  },
  errors: ['invalid_request'],
  examples: [{ name: 'document', status: 200 }],
})

/** `GET /openapi.json`. */
export const openapi: Endpoint = {
  id: 'openapi',
  method: 'get',
  path: '/openapi.json',
  access: 'no key',
  handle,
  describe,
}
