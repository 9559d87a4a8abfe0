import { describeKey, KeyError, setKey as set } from '@dsapi/auth'
import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import type { Env } from '../../http/env.ts'
import { invalidBody } from '../../http/errors.ts'
import { parseBody } from '../../http/parse-body.ts'
import { readJson } from '../../http/read-json.ts'
import { type Description, json, jsonOf } from '../../openapi/operation.ts'
import type { Endpoint } from '../endpoint.ts'
import { problemIn } from '../webhooks/webhook-url.ts'
import { active, revoked } from './example-keys.ts'
import { forAllModels } from './for-all-models.ts'
import { keyId, shown, tag, unknownKey } from './key-answers.ts'
import { actorOf, idOf } from './key-request.ts'
import { keyChange } from './key-schemas.ts'

const handle =
  ({ db, jobs, limits }: AppDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const { daily_quota, max_jobs, expires_at, webhook_url, ...asked } = parseBody(
      keyChange,
      await readJson(context, limits.jsonBody),
    )
    const by = actorOf(context)
    if (typeof expires_at === 'number' && expires_at <= by.now) {
      throw invalidBody([{ field: 'expires_at', message: 'must be in the future' }])
    }
    const problem =
      typeof webhook_url === 'string'
        ? problemIn(context, webhook_url, jobs.webhookHosts)
        : undefined
    if (problem !== undefined) throw invalidBody([{ field: 'webhook_url', message: problem }])
    const change = {
      ...asked,
      ...{ dailyQuota: daily_quota, maxJobs: max_jobs },
      ...{ expiresAt: expires_at, webhookUrl: webhook_url },
    }
    const key = await set(db, idOf(context), change, by).catch(explainMember)
    return context.json(describeKey(key, by.now))
  }

/** The member of the body that an error is about. */
const members: Readonly<Partial<Record<KeyError['code'], string>>> = {
  more_scopes: 'scopes',
  no_webhook_secret: 'webhook_url',
}

const explainMember = (error: unknown): never => {
  const field = error instanceof KeyError ? members[error.code] : undefined
  if (!(error instanceof KeyError) || field === undefined) throw error
  throw invalidBody([{ field, message: error.message }])
}

const describe = (): Description => {
  const body = { type: json, value: { rate: '100/s' } }
  return {
    tag,
    summary: 'Change an API key',
    description:
      'Changes the properties that the body names; the others stay. `null` removes a limit. Scopes can be removed and not added. Every process applies the change within a second. The audit log has each changed property before and after.',
    parameters: [keyId],
    body: { required: true, content: jsonOf('KeyChange') },
    answers: { 200: shown },
    errors: [
      { ...unknownKey, body },
      {
        code: 'conflict',
        message: `The key ${revoked.id} cannot be changed: it is revoked`,
        parameters: { id: revoked.id },
        body,
      },
      {
        code: 'invalid_body',
        message: 'Invalid request body',
        detail: [
          {
            field: 'scopes',
            message: 'must be some of the scopes that the key has: predict, jobs',
          },
        ],
        parameters: { id: active.id },
        body: { type: json, value: { scopes: ['predict', 'admin'] } },
      },
      'body_too_large',
      'request_timeout',
      'unavailable',
      'internal',
    ],
    examples: [
      {
        name: 'other_limits',
        parameters: { id: active.id },
        body: {
          type: json,
          value: { note: 'ask Ann', scopes: ['predict'], rate: null, daily_quota: 1000 },
        },
        status: 200,
        answer: {
          type: json,
          value: { ...active, note: 'ask Ann', scopes: ['predict'], rate: null, daily_quota: 1000 },
        },
      },
    ],
  }
}

/** `PATCH /keys/{id}`. */
export const setKey: Endpoint = {
  id: 'setKey',
  method: 'patch',
  path: '/keys/:id',
  access: 'admin',
  handle: (deps) => forAllModels(handle(deps)),
  describe,
}
