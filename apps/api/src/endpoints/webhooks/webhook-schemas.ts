import { longestUrl } from '@dsapi/webhooks'
import { z } from 'zod'
import { instant, nextCursor, pageQuery, uuid } from '../../openapi/common-schemas.ts'

const states = ['pending', 'delivered', 'failed'] as const

export const deliveriesQuery = z.object({
  state: z.enum(states).optional().meta({ description: 'List only deliveries in this state' }),
  ...pageQuery(50),
})

export const webhookTest = z.strictObject({
  url: z.string().min(1).max(longestUrl).optional().meta({
    format: 'uri',
    description: 'Where the message is sent. Without it, the URL of the key',
  }),
})

const WebhookDelivery = z
  .object({
    id: uuid.meta({ description: 'The `webhook-id` of all attempts' }),
    job_id: uuid.nullable().meta({ description: '`null` for a test' }),
    type: z
      .enum(['job.succeeded', 'job.failed', 'job.cancelled', 'webhook.test'])
      .meta({ description: 'The `type` of the message' }),
    url: z.string(),
    state: z.enum(states),
    attempts: z.int().min(0),
    created_at: instant.nullable(),
    last_attempt_at: instant.nullable(),
    next_attempt_at: instant
      .nullable()
      .meta({ description: '`null` if no other attempt will be made' }),
    last_status: z
      .int()
      .nullable()
      .meta({ description: 'The status of the last answer. `null` if there was none' }),
    last_error: z
      .string()
      .nullable()
      .meta({ description: 'Why the last attempt failed. `null` if it succeeded' }),
    finished_at: instant.nullable(),
  })
  .meta({ description: 'A message to a webhook, and what came of it' })

export const webhookSchemas = {
  requests: { WebhookTest: webhookTest },
  answers: {
    WebhookDelivery,
    WebhookDeliveryList: z.object({
      deliveries: z.array(WebhookDelivery),
      next_cursor: nextCursor,
    }),
    WebhookSecret: z.object({
      secret: z.string().meta({
        description: 'The new secret, `whsec_` and base64. Only this answer has it.',
      }),
      previous_until: instant.optional().meta({
        description:
          'Until when messages are also signed with the secret before. It is absent if there was none.',
      }),
    }),
  },
}
