import { redeliver } from '@dsapi/webhooks'
import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import type { Env } from '../../http/env.ts'
import { ApiError } from '../../http/errors.ts'
import { deliveryIds } from '../../openapi/example-ids.ts'
import { type Description, json, jsonOf } from '../../openapi/operation.ts'
import { idParameter } from '../../openapi/parameters.ts'
import type { Endpoint } from '../endpoint.ts'
import { failed } from './example-deliveries.ts'

const handle =
  ({ db }: AppDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const id = context.req.param('delivery') ?? ''
    const delivery = await redeliver(db, id, context.get('key').ownerId)
    if (delivery === undefined) throw new ApiError('not_found', 'No such delivery')
    return context.json(delivery, 202)
  }

const describe = (): Description => ({
  tag: 'Webhooks',
  summary: 'Redeliver a webhook',
  description:
    'Sends a message again at once, whatever came of it before, with the same `webhook-id`. If it fails, it is tried again for 24 hours.',
  parameters: [{ ...idParameter('The id of the delivery'), name: 'delivery' }],
  answers: { 202: { description: 'The delivery', content: jsonOf('WebhookDelivery') } },
  errors: [
    {
      code: 'not_found',
      message: 'No such delivery',
      parameters: { delivery: deliveryIds.unknown },
    },
    'unavailable',
    'internal',
  ],
  examples: [
    {
      name: 'again',
      parameters: { delivery: failed.id },
      status: 202,
      answer: {
        type: json,
        value: {
          ...failed,
          state: 'pending',
          next_attempt_at: '2026-11-25T08:00:00.000Z',
          finished_at: null,
        },
      },
    },
  ],
})

/** `POST /webhooks/deliveries/{delivery}/redeliver`. */
export const redeliverWebhook: Endpoint = {
  id: 'redeliverWebhook',
  method: 'post',
  path: '/webhooks/deliveries/:delivery/redeliver',
  access: 'jobs',
  handle,
  describe,
}
