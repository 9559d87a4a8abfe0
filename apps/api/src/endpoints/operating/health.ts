import { setTimeout as wait } from 'node:timers/promises'
import { type Database, findLatestVersion } from '@dsapi/db'
import type { Dispatcher } from '@dsapi/queue'
import type { Context } from 'hono'
import type { Env } from '../../http/env.ts'

/** The process lives: it answers. */
export const livez = (context: Context<Env>): Response => context.json({ status: 'ok' })

type ReadyDeps = {
  readonly db: Database
  readonly dispatcher: Pick<Dispatcher, 'redis'>
  readonly draining: AbortSignal
}

/**
 * Whether requests should come here. Without the database or a model, or while stopping, they should not;
 * without Redis they may, for jobs are still taken, and found by the workers' own looking.
 */
export const readyz =
  ({ db, dispatcher, draining }: ReadyDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const checks = { ...(await checkDatabase(db)), redis: dispatcher.redis() }
    if (draining.aborted) return context.json({ status: 'stopping', checks }, 503)
    if (checks.database !== 'ok' || checks.model !== 'ok') {
      return context.json({ status: 'unavailable', checks }, 503)
    }
    return context.json({ status: checks.redis === 'away' ? 'degraded' : 'ready', checks })
  }

/** Who asks gives up before long, and then would not read which part it is. */
const patienceMs = 2000

const tooLate = async () => {
  await wait(patienceMs, undefined, { ref: false })
  throw new Error(`No answer in ${patienceMs} ms`)
}

const checkDatabase = async (db: Database) => {
  try {
    const version = await Promise.race([findLatestVersion(db), tooLate()])
    return { database: 'ok', model: version === undefined ? 'missing' : 'ok' } as const
  } catch {
    return { database: 'unusable', model: 'unknown' } as const
  }
}
