import { describeKey, listKeys as readKeys, readUsedToday } from '@dsapi/auth'
import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import type { Env } from '../../http/env.ts'
import { type Description, json, jsonOf } from '../../openapi/operation.ts'
import type { Endpoint } from '../endpoint.ts'
import { exampleKeys } from './example-keys.ts'
import { forAllModels } from './for-all-models.ts'
import { shown, tag } from './key-answers.ts'

const handle =
  ({ db }: AppDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const now = Date.now()
    const keys = await readKeys(db)
    const usedToday = await readUsedToday(db, keys, now)
    return context.json({
      keys: keys.map((key) => ({ ...describeKey(key, now), used_today: usedToday(key) })),
    })
  }

const describe = (): Description => ({
  tag,
  summary: 'List API keys',
  description: 'Lists all keys, oldest first.',
  answers: { 200: { ...shown, description: 'All API keys', content: jsonOf('KeyList') } },
  errors: ['internal'],
  examples: [
    {
      name: 'all',
      status: 200,
      answer: {
        type: json,
        value: { keys: exampleKeys.map((key) => ({ ...key, used_today: 0 })) },
      },
    },
  ],
})

/** `GET /keys`. */
export const listKeys: Endpoint = {
  id: 'listKeys',
  method: 'get',
  path: '/keys',
  access: 'admin',
  handle: (deps) => forAllModels(handle(deps)),
  describe,
}
