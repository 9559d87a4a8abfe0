import { createKey as create } from '@dsapi/auth'
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
import { made, tag } from './key-answers.ts'
import { actorOf, answerMade } from './key-request.ts'
import { newKey } from './key-schemas.ts'

const handle =
  ({ db, limits }: AppDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const asked = parseBody(newKey, await readJson(context, limits.jsonBody))
    const by = actorOf(context)
    const made = await create(
      db,
      {
        name: asked.name,
        note: asked.note,
        scopes: asked.scopes,
        models: asked.models,
        rate: asked.rate,
        dailyQuota: asked.daily_quota,
        maxJobs: asked.max_jobs,
        expiresAt: asked.expires_in && by.now + asked.expires_in,
      },
      by,
    )
    return answerMade(context, made)
  }

const describe = (): Description => ({
  tag,
  summary: 'Create an API key',
  body: { required: true, content: jsonOf('NewKey') },
  answers: { 201: made },
  errors: [
    {
      code: 'invalid_body',
      message: 'Invalid request body',
      detail: [
        {
          field: 'expires_in',
          message: 'must be a span of time such as 90d, 24h, 30m or 45s',
        },
      ],
      body: { type: json, value: { name: 'a shop', expires_in: 'soon' } },
    },
    'body_too_large',
    'request_timeout',
    'unavailable',
    'internal',
  ],
  examples: [
    {
      name: 'limited',
      body: {
        type: json,
        value: { name: 'a shop', models: ['churn', 'fraud'], rate: '100/s', expires_in: '90d' },
      },
      status: 201,
      answer: {
        type: json,
        value: {
          ...active,
          key: wholeKey,
          models: ['churn', 'fraud'],
          created_by: `key:${keyIds.disabled}`,
          expires_at: '2027-02-21T21:00:00.000Z',
        },
      },
    },
    {
      name: 'admin',
      body: {
        type: json,
        value: { name: 'an admin', note: 'for the office', scopes: ['admin'], daily_quota: 1000 },
      },
      status: 201,
      answer: {
        type: json,
        value: {
          ...active,
          name: 'an admin',
          key: wholeKey,
          scopes: ['admin'],
          rate: null,
          daily_quota: 1000,
          note: 'for the office',
          created_by: `key:${keyIds.disabled}`,
        },
      },
    },
  ],
})

/** `POST /keys`. */
export const createKey: Endpoint = {
  id: 'createKey',
  method: 'post',
  path: '/keys',
  access: 'admin',
  handle: (deps) => forAllModels(handle(deps)),
  describe,
}
