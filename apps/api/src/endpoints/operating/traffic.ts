import { readTraffic } from '@dsapi/auth'
import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import type { Env } from '../../http/env.ts'
import { parseQuery } from '../../http/parse-query.ts'
import { type Description, jsonOf } from '../../openapi/operation.ts'
import { queryParameters } from '../../openapi/parameters.ts'
import type { Endpoint } from '../endpoint.ts'
import { forAllModels } from '../keys/for-all-models.ts'
import { trafficQuery } from './traffic-schemas.ts'

const handle =
  ({ db }: AppDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const {
      window: windowMs,
      by,
      key: keyId,
      route,
    } = parseQuery(trafficQuery, context.req.query())
    return context.json(await readTraffic(db, { windowMs, by, keyId, route, now: Date.now() }))
  }

const describe = (): Description => ({
  tag: 'Operations',
  summary: 'Report traffic',
  description:
    'Requests, errors and durations of a window of time, of all processes and hosts: in total, step by step, and by key, route or status. Counts are written once a minute and kept for 8 days by default. A duration is the upper bound of the class into which it was counted.',
  parameters: queryParameters(trafficQuery),
  answers: {
    200: {
      description: 'The traffic of the window',
      headers: ['Cache-Control'],
      content: jsonOf('Traffic'),
    },
  },
  errors: [
    {
      code: 'invalid_query',
      message: 'Invalid query',
      detail: [{ field: 'window', message: 'must be a span of time such as 90d, 24h, 30m or 45s' }],
      parameters: { window: 'long' },
    },
    'internal',
  ],
  examples: [{ name: 'last_hour', parameters: { window: '1h', by: 'route' }, status: 200 }],
})

/** `GET /traffic`. */
export const getTraffic: Endpoint = {
  id: 'getTraffic',
  method: 'get',
  path: '/traffic',
  access: 'admin',
  handle: (deps) => forAllModels(handle(deps)),
  describe,
}
