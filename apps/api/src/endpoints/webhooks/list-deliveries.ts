import { listDeliveries } from '@dsapi/webhooks'
import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import type { Env } from '../../http/env.ts'
import { parseQuery, unknownCursor } from '../../http/parse-query.ts'
import { type Description, json, jsonOf } from '../../openapi/operation.ts'
import { queryParameters } from '../../openapi/parameters.ts'
import type { Endpoint } from '../endpoint.ts'
import { exampleDeliveries } from './example-deliveries.ts'
import { deliveriesQuery } from './webhook-schemas.ts'

const handle =
  ({ db }: AppDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const query = parseQuery(deliveriesQuery, context.req.query())
    const page = await listDeliveries(db, { ...query, ownerId: context.get('key').ownerId })
    if (page === undefined) throw unknownCursor()
    const { deliveries, nextCursor } = page
    return context.json({ deliveries, ...(nextCursor && { next_cursor: nextCursor }) })
  }

const describe = (): Description => ({
  tag: 'Webhooks',
  summary: 'List webhook deliveries',
  description:
    'Lists the messages that were sent, or are to be sent, to the webhooks of your key, newest first, in pages. A finished delivery is kept as long as the results of jobs.',
  parameters: queryParameters(deliveriesQuery),
  answers: { 200: { description: 'A page of deliveries', content: jsonOf('WebhookDeliveryList') } },
  errors: [
    {
      code: 'invalid_query',
      message: 'Invalid query',
      detail: [{ field: 'cursor', message: 'must be a next_cursor from an answer' }],
      parameters: { cursor: 'nonsense' },
    },
    'internal',
  ],
  examples: [
    {
      name: 'newest',
      status: 200,
      answer: { type: json, value: { deliveries: exampleDeliveries } },
    },
    {
      name: 'failed',
      parameters: { state: 'failed', limit: 10 },
      status: 200,
      answer: { type: json, value: { deliveries: exampleDeliveries.slice(0, 1) } },
    },
  ],
})

/** `GET /webhooks/deliveries`. */
export const listWebhookDeliveries: Endpoint = {
  id: 'listWebhookDeliveries',
  method: 'get',
  path: '/webhooks/deliveries',
  access: 'jobs',
  handle,
  describe,
}
