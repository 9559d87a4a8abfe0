import { setTimeout as wait } from 'node:timers/promises'
import { type Database, listModels } from '@dsapi/db'
import { defaultModel } from '@dsapi/registry'
import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import type { Env } from '../../http/env.ts'
import type { ModelState } from '../../metrics/model-metrics.ts'
import { type Description, json, jsonOf } from '../../openapi/operation.ts'
import type { Endpoint } from '../endpoint.ts'

/**
 * Reports whether the server is ready for traffic. It is not ready without the database, while `default` or all models cannot
 * compute, or while it stops. It is ready, and degraded, while another model cannot compute, since all others still answer; and
 * without Redis, because jobs are still accepted, and workers find them by polling.
 */
const handle =
  ({ db, models, jobs: { dispatcher }, life: { draining } }: AppDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const { database, hasModels } = await checkDatabase(db)
    const states = models.states()
    const model = hasModels === undefined ? 'unknown' : modelCheck(hasModels, states)
    const problems = problemsOf(models.served)
    const down = states.filter(({ isReady }) => !isReady).map(({ name }) => name)
    const checks = {
      ...{ database, model, redis: dispatcher.redis() },
      ...(down.length > 0 && { models_down: down }),
      ...(problems.length > 0 && { model_problems: problems }),
    }
    if (draining.aborted) return context.json({ status: 'stopping', checks }, 503)
    if (database !== 'ok' || model !== 'ok') {
      return context.json({ status: 'unavailable', checks }, 503)
    }
    const isWhole = checks.redis !== 'away' && down.length === 0 && problems.length === 0
    return context.json({ status: isWhole ? 'ready' : 'degraded', checks })
  }

const modelCheck = (hasModels: boolean, states: readonly ModelState[]) => {
  if (!hasModels) return 'missing'
  const ofDefault = states.find(({ name }) => name === defaultModel)
  const canAnswer = ofDefault ? ofDefault.isReady : states.some(({ isReady }) => isReady)
  return canAnswer ? 'ok' : 'down'
}

/** Which versions cannot be served. The reasons are in the log: they may name files of the server. */
const problemsOf = ({ problems }: AppDeps['models']['served']) =>
  problems().map(({ name, version, servedInstead }) => ({
    model: name,
    version,
    served_instead: servedInstead ?? null,
  }))

/** Whether the server is ready for traffic. */
export const isReady = async ({ db, models, life: { draining } }: AppDeps): Promise<boolean> => {
  const { hasModels } = await checkDatabase(db)
  return !draining.aborted && hasModels === true && modelCheck(hasModels, models.states()) === 'ok'
}

/** Clients give up soon, and would then not read which part has failed. */
const patienceMs = 2000

const tooLate = async () => {
  await wait(patienceMs, undefined, { ref: false })
  throw new Error(`No answer in ${patienceMs} ms`)
}

const checkDatabase = async (db: Database) => {
  try {
    const models = await Promise.race([listModels(db), tooLate()])
    return { database: 'ok', hasModels: models.length > 0 } as const
  } catch {
    return { database: 'unusable', hasModels: undefined } as const
  }
}

const describe = (): Description => ({
  tag: 'Operations',
  summary: 'Readiness probe',
  description:
    'The status is `degraded`, with 200, while a version that should answer cannot be served, while the engine of a model other than `default` is not running, and while Redis is unreachable: the server accepts jobs, and workers find them by polling.',
  answers: {
    200: { description: 'Ready to receive traffic', content: jsonOf('Ready') },
    503: {
      description:
        'Not ready: the database is missing, the model `default` or each model cannot compute, or the server is shutting down',
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
