import { setTimeout as wait } from 'node:timers/promises'
import { type Database, findModel } from '@dsapi/db'
import { defaultModel } from '@dsapi/registry'
import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import type { Env } from '../../http/env.ts'
import { type Description, json, jsonOf } from '../../openapi/operation.ts'
import type { Endpoint } from '../endpoint.ts'

/**
 * Reports whether the server is ready for traffic. It is not ready without the database or a model, or while it stops. It
 * is ready without Redis, because jobs are still accepted, and workers find them by polling.
 */
const handle =
  ({ db, jobs: { dispatcher }, life: { draining } }: AppDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const checks = { ...(await checkDatabase(db)), redis: dispatcher.redis() }
    if (draining.aborted) return context.json({ status: 'stopping', checks }, 503)
    if (checks.database !== 'ok' || checks.model !== 'ok') {
      return context.json({ status: 'unavailable', checks }, 503)
    }
    return context.json({ status: checks.redis === 'away' ? 'degraded' : 'ready', checks })
  }

/** Clients give up soon, and would then not read which part has failed. */
const patienceMs = 2000

const tooLate = async () => {
  await wait(patienceMs, undefined, { ref: false })
  throw new Error(`No answer in ${patienceMs} ms`)
}

const checkDatabase = async (db: Database) => {
  try {
    const model = await Promise.race([findModel(db, defaultModel), tooLate()])
    return { database: 'ok', model: model === undefined ? 'missing' : 'ok' } as const
  } catch {
    return { database: 'unusable', model: 'unknown' } as const
  }
}

const describe = (): Description => ({
  tag: 'Operations',
  summary: 'Readiness probe',
  description:
    'The status is `degraded`, with 200, while Redis is unreachable: the server accepts jobs, and workers find them by polling.',
  answers: {
    200: { description: 'Ready to receive traffic', content: jsonOf('Ready') },
    503: {
      description:
        'Not ready: the database or the model is missing, or the server is shutting down',
      content: jsonOf('Ready'),
    },
  },
  errors: ['invalid_request'],
  examples: [
    {
      name: 'ready',
      status: 200,
      answer: {
        type: json,
        value: { status: 'ready', checks: { database: 'ok', model: 'ok', redis: 'unused' } },
      },
    },
    {
      name: 'unavailable',
      status: 503,
      answer: {
        type: json,
        value: {
          status: 'unavailable',
          checks: { database: 'ok', model: 'missing', redis: 'unused' },
        },
      },
    },
  ],
})

/** `GET /readyz`. */
export const readyz: Endpoint = {
  id: 'readyz',
  method: 'get',
  path: '/readyz',
  access: 'no key',
  handle,
  describe,
}
