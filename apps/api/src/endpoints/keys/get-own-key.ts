import { describeOwnKey } from '@dsapi/auth'
import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import type { Env } from '../../http/env.ts'
import { ApiError } from '../../http/errors.ts'
import { type Description, json, jsonOf } from '../../openapi/operation.ts'
import type { Endpoint } from '../endpoint.ts'
import { rotatedOwnKey } from './example-keys.ts'
import { shown, tag } from './key-answers.ts'
import { neverCached } from './never-cached.ts'

/** The key of the request, with its line of rotations and what was done to them. */
const handle =
  ({ db }: AppDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const own = await describeOwnKey(db, context.get('key'), Date.now())
    if (own === undefined) throw new ApiError('not_found', 'There is no key with this id')
    return context.json(own)
  }

const describe = (): Description => ({
  tag,
  summary: 'Get your own API key',
  description:
    'Returns the key of the request, all keys that it shares jobs and limits with by rotation, and the changes that were made to them.',
  answers: { 200: { ...shown, content: jsonOf('OwnKey') } },
  errors: ['internal'],
  examples: [{ name: 'rotated', status: 200, answer: { type: json, value: rotatedOwnKey } }],
})

/** `GET /keys/self`. */
export const getOwnKey: Endpoint = {
  id: 'getOwnKey',
  method: 'get',
  path: '/keys/self',
  access: 'any key',
  handle: (deps) => neverCached(handle(deps)),
  describe,
}
