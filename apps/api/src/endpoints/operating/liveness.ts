import type { Context } from 'hono'
import type { Env } from '../../http/env.ts'
import { json, jsonOf } from '../../openapi/operation.ts'
import type { Endpoint } from '../endpoint.ts'

/** The process runs, since it answers. */
const answerAlive = (context: Context<Env>): Response => context.json({ status: 'ok' })

const liveness = (name: 'livez' | 'healthz'): Endpoint => ({
  id: name,
  method: 'get',
  path: `/${name}`,
  access: 'no key',
  handle: () => answerAlive,
  describe: () => ({
    tag: 'Operations',
    summary: 'Liveness probe',
    answers: { 200: { description: 'The process is running', content: jsonOf('Alive') } },
    errors: ['invalid_request'],
    examples: [{ name: 'alive', status: 200, answer: { type: json, value: { status: 'ok' } } }],
  }),
})

/** `GET /livez`. */
export const livez: Endpoint = liveness('livez')

/** `GET /healthz`, the name that older load balancers ask for. */
export const healthz: Endpoint = liveness('healthz')
