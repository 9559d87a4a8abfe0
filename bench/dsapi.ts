import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createKey } from '@dsapi/auth'
import { type Database, openDatabase } from '@dsapi/db'
import { freePort } from '@dsapi/testing'
import { type Environment, main, runDsapi, stopChild, untilItAnswers } from './processes.ts'

/** An API process and, on request, workers over one database. */
export type RunningDsapi = {
  readonly port: number
  readonly key: string
  readonly databaseUrl: string
  /** The database, as this process sees it. */
  readonly db: Database
  readonly api: ChildProcess
  readonly workers: readonly ChildProcess[]
  readonly stop: () => Promise<void>
}

/** Starts dsapi with jobs that do nothing, and waits until it answers. */
export const startDsapi = async (options: {
  /** An empty database. By default, a new SQLite file. */
  readonly databaseUrl?: string
  readonly redisUrl?: string | undefined
  readonly withWorker: boolean
  /** The number of workers; 1 by default. */
  readonly workers?: number
  /** Writes the whole log and discards it. By default, only errors are logged, and shown. */
  readonly logLevel?: string
  /** The number of API processes. By default, one without a primary. */
  readonly processes?: number
  /** Adds a prefix to the command of the API. */
  readonly prefix?: ((command: readonly string[]) => readonly string[]) | undefined
}): Promise<RunningDsapi> => {
  const folder = mkdtempSync(join(tmpdir(), 'dsapi-bench-'))
  const port = await freePort()
  const url = options.databaseUrl ?? `sqlite:${join(folder, 'bench.sqlite')}`
  const env: Environment = {
    PATH: process.env.PATH ?? '',
    DATABASE_URL: url,
    PORT: String(port),
    DSAPI_METRICS_PORT: 'api',
    DSAPI_SLOW_SECONDS: '0',
    DSAPI_QUEUE_LIMIT: '100000000',
    DSAPI_KEY_QUEUE_LIMIT: '100000000',
    LOG_LEVEL: options.logLevel ?? 'error',
    ...(options.redisUrl && { REDIS_URL: options.redisUrl }),
  }
  const run = (prefix: NonNullable<typeof options.prefix>, ...command: string[]) => {
    const [file, ...args] = prefix([process.execPath, main, ...command])
    return spawn(file, args, {
      env,
      stdio: ['ignore', 'inherit', options.logLevel ? 'ignore' : 'inherit'],
    })
  }
  await runDsapi(['gendb'], env)
  const db = await openDatabase({ url })
  const by = { actor: 'cli:bench', now: Date.now() } as const
  const { key } = await createKey(db, { name: 'bench' }, by)
  const { processes } = options
  const prefix = options.prefix ?? ((command) => command)
  const serve = ['serve', ...(processes ? ['--processes', String(processes)] : [])]
  const api = run(prefix, ...serve)
  const count = options.withWorker ? (options.workers ?? 1) : 0
  const workers = Array.from({ length: count }, () => run((command) => command, 'worker'))
  await untilItAnswers(`http://127.0.0.1:${port}/`)
  return {
    port,
    databaseUrl: url,
    key,
    db,
    api,
    workers,
    stop: async () => {
      await stopChild(api)
      await Promise.all(workers.map(stopChild))
      await db.destroy()
      rmSync(folder, { recursive: true })
    },
  }
}

/** The whole request for a job that does nothing, as it goes over the wire. */
export const submitRequest = (key: string): string => {
  const body = '{"feature_a":1.0,"feature_b":1.0}'
  const headers = `Host: a\r\nX-API-Key: ${key}\r\nContent-Length: ${body.length}`
  return `POST /predict-slow HTTP/1.1\r\n${headers}\r\n\r\n${body}`
}
