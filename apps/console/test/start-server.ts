import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createKey, type KeyOptions, type MadeKey } from '@dsapi/auth'
import {
  addTraffic,
  type Database,
  insertPredictions,
  inTransaction,
  openDatabase,
  replaceData,
} from '@dsapi/db'
import { newJobId } from '@dsapi/queue'
import { fillModels } from './fill-models.ts'

/** A server as users start it, with a worker, over a database of its own with models and keys. */
export type Server = {
  readonly url: string
  /** A key with all scopes, and a batch of its own that has ended. */
  readonly admin: MadeKey
  readonly batchId: string
  readonly makeKey: (options: KeyOptions) => Promise<MadeKey>
  /** Adds a job of `admin` that failed with this error. Returns its id. */
  readonly addFailedJob: (error: string) => Promise<string>
  /** Sends a request with the key of `admin`. */
  readonly ask: (path: string, init?: RequestInit) => Promise<Response>
  readonly stop: () => Promise<void>
}

const main = fileURLToPath(new URL('../../cli/src/main.js', import.meta.url))

/** Texts that would be something else than text if they were not escaped, or that would break a layout. */
export const hostileName = '<img src=x onerror=alert(1)> \u05D0\u05D1 "quoted" & '.padEnd(
  90,
  'long',
)

/** An hour of requests, some of which had errors. */
const fillTraffic = async (db: Database, now: number) => {
  const none = {
    ...{ b0: 0, b1: 0, b2: 0, b3: 0, b4: 0, b5: 0, b6: 0, b7: 0 },
    ...{ b8: 0, b9: 0, b10: 0, b11: 0, b12: 0, b13: 0, b14: 0 },
  }
  const end = Math.floor(now / 60_000)
  for (let minute = end - 60; minute < end; minute += 5) {
    const counts = { ...none, b2: 40 + (minute % 7) * 9, b5: minute % 4 }
    const row = { minute, host: 'a', key_id: '', route: '/predict' } as const
    await addTraffic(db, [
      { ...row, status: '2xx', ...counts },
      { ...row, route: '/jobs', status: '4xx', ...none, b1: 3 },
    ])
  }
}

/** Training data, and predictions of which one feature has moved. */
const fillPredictions = async (db: Database, now: number) => {
  const rows = Array.from({ length: 100 }, (_, i) => [(i * 37) % 100, (i * 53) % 100] as const)
  await replaceData(
    db,
    rows.map(([a, b], i) => ({ feature_a: a / 10, feature_b: b / 10, class: i % 2 })),
  )
  await insertPredictions(
    db,
    rows.map(([a, b]) => ({
      ...{ at: now, owner_id: 'owner', request_id: 'request', kind: 'single', model: '2-x' },
      ...{ features: JSON.stringify([a / 10, b / 5]), latency_us: 50 },
      answer: '{"class":0,"class_probabilities":[0.9,0.1]}',
    })),
  )
}

const fill = async (db: Database) => {
  const by = { actor: 'cli:test', now: Date.now() } as const
  await fillTraffic(db, by.now)
  await fillPredictions(db, by.now)
  await fillModels(db, by.now)
  await createKey(
    db,
    { name: hostileName, note: '<b>note</b>', rate: { requests: 100, seconds: 1 } },
    by,
  )
  return createKey(db, { name: 'operator', scopes: ['predict', 'jobs', 'admin'] }, by)
}

export const startServer = async (): Promise<Server> => {
  const folder = await mkdtemp(join(tmpdir(), 'dsapi-console-'))
  const databaseUrl = `sqlite:${join(folder, 'dsapi.sqlite')}`
  const db = await openDatabase({ url: databaseUrl }, { create: true })
  const admin = await fill(db)
  const child = spawn(process.execPath, [main, 'start', '--processes', '1'], {
    env: {
      ...{ PATH: process.env.PATH, DATABASE_URL: databaseUrl, PORT: '0' },
      // A slow prediction runs until somebody cancels it.
      ...{ DSAPI_METRICS_PORT: '0', DSAPI_SLOW_SECONDS: '3600' },
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const url = await addressOf(child)
  const ask: Server['ask'] = (path, init = {}) =>
    fetch(url + path, { ...init, headers: { 'x-api-key': admin.key, ...init.headers } })
  return {
    ...{ url, admin, ask, batchId: await runBatch(ask) },
    makeKey: (options) => createKey(db, options, { actor: 'cli:test', now: Date.now() }),
    addFailedJob: async (error) => {
      const id = newJobId()
      const now = Date.now()
      // Again while the server holds the lock.
      await inTransaction(db, (transaction) =>
        transaction
          .insertInto('jobs')
          .values({
            ...{ id, key_id: admin.stored.id, state: 'failed', error, attempt: 3, released: 0 },
            ...{ input: '{"feature_a":1,"feature_b":2}', created_at: now, run_at: now },
            ...{ started_at: now, finished_at: now },
          })
          .execute(),
      )
      return id
    },
    stop: async () => {
      const closed = once(child, 'close')
      child.kill('SIGTERM')
      await closed
      await db.destroy()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Three rows, of which one cannot be scored. */
const runBatch = async (ask: Server['ask']): Promise<string> => {
  const submitted = await ask('/jobs/batch', {
    ...{ method: 'POST', headers: { 'content-type': 'text/csv' } },
    body: 'feature_a,feature_b\n1,2\n-0.5,1.25\n3,nonsense\n',
  })
  const { id }: { id: string } = await submitted.json()
  // The stream of its events ends with it.
  await ask(`/jobs/${id}/events`).then((events) => events.text())
  return id
}

/** Where it listens, once it says so. */
const addressOf = (child: ReturnType<typeof spawn>): Promise<string> => {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let said = ''
  const read = (text: Buffer) => {
    said += text
    const address = /dsapi listens on (http:\S+)/.exec(said)?.[1]
    if (address !== undefined) resolve(address)
  }
  child.stdout?.on('data', read)
  child.stderr?.on('data', read)
  child.once('close', () => reject(new Error(`dsapi ended:\n${said}`)))
  return promise
}
