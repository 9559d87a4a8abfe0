import { sendTest } from '@dsapi/webhooks'
import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import type { Env } from '../../http/env.ts'
import { invalidBody } from '../../http/errors.ts'
import { parseBody } from '../../http/parse-body.ts'
import { readJson } from '../../http/read-json.ts'
import { deliveryIds } from '../../openapi/example-ids.ts'
import { type Description, json, jsonOf } from '../../openapi/operation.ts'
import type { Endpoint } from '../endpoint.ts'
import { delivered } from './example-deliveries.ts'
import { webhookTest } from './webhook-schemas.ts'
import { exampleUrl, noSecretExample, problemIn, requireSecret } from './webhook-url.ts'

const handle =
  ({ db, jobs, limits }: AppDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const asked = parseBody(webhookTest, await readJson(context, limits.jsonBody, {}))
    const { ownerId, webhookUrl } = context.get('key')
    const url = asked.url ?? webhookUrl
    if (url === null) throw invalidBody([{ field: 'url', message: neededUrl }])
    const problem = problemIn(context, url, jobs.webhookHosts)
    if (problem !== undefined) throw invalidBody([{ field: 'url', message: problem }])
    await requireSecret(context, db)
    return context.json(await sendTest(db, { ownerId, url }), 202)
  }

const neededUrl = 'is required, because the key has no webhook URL'

const describe = (): Description => {
  const body = { type: json, value: { url: exampleUrl } }
  return {
    tag: 'Webhooks',
    summary: 'Test a webhook',
    description:
      'Sends a message of the type `webhook.test`. It is tried once. What came of it is in `GET /webhooks/deliveries`.',
    body: { required: false, content: jsonOf('WebhookTest') },
    answers: { 202: { description: 'The delivery', content: jsonOf('WebhookDelivery') } },
    errors: [
      {
        code: 'invalid_body',
        message: 'Invalid request body',
        detail: [{ field: 'url', message: neededUrl }],
        body: { type: json, value: {} },
      },
      noSecretExample({ body }),
      'body_too_large',
      'request_timeout',
      'unavailable',
      'internal',
    ],
    examples: [
      {
        name: 'of_a_url',
        body,
        status: 202,
        answer: {
          type: json,
          value: {
            ...delivered,
            ...{ id: deliveryIds.test, job_id: null, type: 'webhook.test', state: 'pending' },
            ...{ attempts: 0, last_attempt_at: null, last_status: null, finished_at: null },
            next_attempt_at: delivered.created_at,
          },
        },
      },
    ],
  }
}

/** `POST /webhooks/test`. */
export const testWebhook: Endpoint = {
  id: 'testWebhook',
  method: 'post',
  path: '/webhooks/test',
  access: 'jobs',
  handle,
  describe,
}
