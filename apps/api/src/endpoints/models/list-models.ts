import { mayUseModel } from '@dsapi/auth'
import { listModels as readModels } from '@dsapi/registry'
import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import type { Env } from '../../http/env.ts'
import { type Description, jsonOf } from '../../openapi/operation.ts'
import type { Endpoint } from '../endpoint.ts'
import { describeModel } from './describe-model.ts'
import { tag } from './model-answers.ts'

const handle =
  ({ db }: AppDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const key = context.get('key')
    const models = (await readModels(db)).filter(({ name }) => mayUseModel(key, name))
    return context.json({ models: models.map(describeModel) })
  }

const describe = (): Description => ({
  tag,
  summary: 'List models',
  description: 'Returns the models that the key may use, in the order of their names.',
  answers: { 200: { description: 'The models', content: jsonOf('ModelList') } },
  errors: ['internal'],
  examples: [{ name: 'models', status: 200 }],
})

/** `GET /models`. */
export const listModels: Endpoint = {
  id: 'listModels',
  method: 'get',
  path: '/models',
  access: 'any key',
  handle,
  describe,
}
