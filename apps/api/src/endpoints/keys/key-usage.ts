import { getKey, type KeyUsage, readKeyUsage } from '@dsapi/auth'
import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import type { Env } from '../../http/env.ts'
import { parseQuery } from '../../http/parse-query.ts'
import { keyIds } from '../../openapi/example-ids.ts'
import { type Description, json, jsonOf } from '../../openapi/operation.ts'
import { queryParameters } from '../../openapi/parameters.ts'
import type { Endpoint } from '../endpoint.ts'
import { forAllModels } from './for-all-models.ts'
import { keyId, shown, tag, unknownKey } from './key-answers.ts'
import { idOf } from './key-request.ts'
import { keyUsageQuery, usageQuery } from './key-schemas.ts'

const ofAll =
  ({ db }: AppDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const { window: days } = parseQuery(usageQuery, context.req.query())
    return context.json({ usage: await readKeyUsage(db, { days, now: Date.now() }) })
  }

const ofOne =
  ({ db }: AppDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const { window: days } = parseQuery(keyUsageQuery, context.req.query())
    const { id } = await getKey(db, idOf(context))
    const [usage] = await readKeyUsage(db, { keyId: id, days, now: Date.now() })
    return context.json(usage ?? { id, days: [] })
  }

const unused: KeyUsage = { id: keyIds.active, days: [] }

const wrongWindow = (most: number, usual = {}) =>
  ({
    code: 'invalid_query',
    message: 'Invalid query',
    detail: [{ field: 'window', message: `must be a number of days from 1d to ${most}d` }],
    parameters: { ...usual, window: '500d' },
  }) as const

const describeAll = (): Description => ({
  tag,
  summary: 'Count requests of all keys',
  description:
    'Requests and errors of all keys by day. Keys and days without requests are left out.',
  parameters: queryParameters(usageQuery),
  answers: {
    200: { ...shown, description: 'The requests by key and day', content: jsonOf('KeyUsageList') },
  },
  errors: [wrongWindow(31), 'internal'],
  examples: [{ name: 'today', parameters: { window: '1d' }, status: 200 }],
})

const describeOne = (): Description => ({
  tag,
  summary: 'Count requests of an API key',
  description: 'Requests and errors of a key by day. Days without requests are left out.',
  parameters: [keyId, ...queryParameters(keyUsageQuery)],
  answers: { 200: { ...shown, description: 'The requests by day', content: jsonOf('KeyUsage') } },
  errors: [unknownKey, wrongWindow(400, { id: keyIds.active }), 'internal'],
  examples: [
    {
      name: 'unused',
      parameters: { id: keyIds.active, window: '30d' },
      status: 200,
      answer: { type: json, value: unused },
    },
  ],
})

const usageEndpoint = (
  endpoint: Pick<Endpoint, 'id' | 'path' | 'handle' | 'describe'>,
): Endpoint => ({
  ...endpoint,
  method: 'get',
  access: 'admin',
  handle: (deps) => forAllModels(endpoint.handle(deps)),
})

/** `GET /keys/usage`. */
export const usageOfKeys: Endpoint = usageEndpoint({
  ...{ id: 'listKeyUsage', path: '/keys/usage', handle: ofAll, describe: describeAll },
})

/** `GET /keys/{id}/usage`. */
export const usageOfKey: Endpoint = usageEndpoint({
  ...{ id: 'getKeyUsage', path: '/keys/:id/usage', handle: ofOne, describe: describeOne },
})
