import { rotateKey as rotate } from '@dsapi/auth'
import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import type { Env } from '../../http/env.ts'
import { parseBody } from '../../http/parse-body.ts'
import { readJson } from '../../http/read-json.ts'
import { keyIds } from '../../openapi/example-ids.ts'
import { type Description, json, jsonOf } from '../../openapi/operation.ts'
import type { Endpoint } from '../endpoint.ts'
import { active, wholeKey } from './example-keys.ts'
import { forAllModels } from './for-all-models.ts'
import { keyId, made, tag, unknownKey } from './key-answers.ts'
import { actorOf, answerMade, idOf } from './key-request.ts'
import { rotation } from './key-schemas.ts'

const handle =
  ({ db, limits }: AppDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const { grace } = parseBody(rotation, await readJson(context, limits.jsonBody, {}))
    return answerMade(context, await rotate(db, idOf(context), grace, actorOf(context)))
  }

const describe = (): Description => ({
  tag,
  summary: 'Rotate an API key',
  description:
    'Creates a new key with the same name, scopes and limits. Both keys are accepted until the grace period ends. Both keys can read the jobs of the other.',
  parameters: [keyId],
  body: { required: false, content: jsonOf('Rotation') },
  answers: { 201: made },
  errors: [
    {
      code: 'invalid_body',
      message: 'Invalid request body',
      detail: [{ field: 'grace', message: 'must be a span of time such as 90d, 24h, 30m or 45s' }],
      parameters: { id: keyIds.active },
      body: { type: json, value: { grace: 'a while' } },
    },
    unknownKey,
    {
      code: 'conflict',
      message: `The key ${keyIds.revoked} cannot be rotated: it is revoked`,
      parameters: { id: keyIds.revoked },
    },
    'body_too_large',
    'request_timeout',
    'unavailable',
    'internal',
  ],
  examples: [
    {
      name: 'an_hour',
      parameters: { id: keyIds.active },
      body: { type: json, value: { grace: '1h' } },
      status: 201,
      answer: {
        type: json,
        value: { ...active, key: wholeKey, created_by: `key:${keyIds.disabled}` },
      },
    },
  ],
})

/** `POST /keys/{id}/rotate`. */
export const rotateKey: Endpoint = {
  id: 'rotateKey',
  method: 'post',
  path: '/keys/:id/rotate',
  access: 'admin',
  handle: (deps) => forAllModels(handle(deps)),
  describe,
}
