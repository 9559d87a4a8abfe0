import { describeKey, getKey as findKey } from '@dsapi/auth'
import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import type { Env } from '../../http/env.ts'
import { type Description, json } from '../../openapi/operation.ts'
import type { Endpoint } from '../endpoint.ts'
import { exampleKeys } from './example-keys.ts'
import { forAllModels } from './for-all-models.ts'
import { keyId, shown, tag, unknownKey } from './key-answers.ts'
import { idOf } from './key-request.ts'

const handle =
  ({ db }: AppDeps) =>
  async (context: Context<Env>): Promise<Response> =>
    context.json(describeKey(await findKey(db, idOf(context)), Date.now()))

const describe = (): Description => ({
  tag,
  summary: 'Get an API key',
  parameters: [keyId],
  answers: { 200: shown },
  errors: [unknownKey, 'internal'],
  examples: exampleKeys.map((key) => ({
    name: key.state,
    parameters: { id: key.id },
    status: 200,
    answer: { type: json, value: key },
  })),
})

/** `GET /keys/{id}`. */
export const getKey: Endpoint = {
  id: 'getKey',
  method: 'get',
  path: '/keys/:id',
  access: 'admin',
  handle: (deps) => forAllModels(handle(deps)),
  describe,
}
