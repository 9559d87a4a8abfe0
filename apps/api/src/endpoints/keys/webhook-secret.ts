import { rotateWebhookSecret as rotate } from '@dsapi/auth'
import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import type { Env } from '../../http/env.ts'
import { keyIds } from '../../openapi/example-ids.ts'
import { type Description, json, jsonOf } from '../../openapi/operation.ts'
import type { Endpoint } from '../endpoint.ts'
import { forAllModels } from './for-all-models.ts'
import { keyId, tag, unknownKey } from './key-answers.ts'
import { actorOf, idOf } from './key-request.ts'

const handle =
  ({ db }: AppDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const { secret, previousUntil } = await rotate(db, idOf(context), actorOf(context))
    const previous = previousUntil !== undefined && {
      previous_until: new Date(previousUntil).toISOString(),
    }
    return context.json({ secret, ...previous }, 201)
  }

const describe = (): Description => ({
  tag,
  summary: 'Rotate the webhook secret of a key',
  description:
    'Creates a new secret that signs the webhooks of the key and of its line of rotations. For 24 hours, messages are also signed with the secret before, so that receivers can change to the new one.',
  parameters: [keyId],
  answers: {
    201: {
      description: 'The new secret. It is shown only in this answer.',
      headers: ['Cache-Control'],
      content: jsonOf('WebhookSecret'),
    },
  },
  errors: [
    unknownKey,
    {
      code: 'conflict',
      message: `The key ${keyIds.revoked} cannot be changed: it is revoked`,
      parameters: { id: keyIds.revoked },
    },
    'unavailable',
    'internal',
  ],
  examples: [
    {
      name: 'first',
      parameters: { id: keyIds.active },
      status: 201,
      answer: { type: json, value: { secret: 'whsec_bm90IGEgc2VjcmV0LCBidXQgYW4gZXhhbXBs' } },
    },
  ],
})

/** `POST /keys/{id}/webhook-secret`. */
export const rotateWebhookSecret: Endpoint = {
  id: 'rotateWebhookSecret',
  method: 'post',
  path: '/keys/:id/webhook-secret',
  access: 'admin',
  handle: (deps) => forAllModels(handle(deps)),
  describe,
}
