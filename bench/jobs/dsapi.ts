import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createKey } from '@dsapi/auth'
import { type Database, openDatabase } from '@dsapi/db'
import { freePort, waitFor } from '@dsapi/testing'

const main = fileURLToPath(new URL('../../apps/cli/src/main.ts', import.meta.url))

/** One api and, where it was asked for, one worker process over a database of their own. */
export type RunningDsapi = {
  readonly port: number
  readonly key: string
  /** The database, as this process sees it. */
  readonly db: Database
  readonly api: ChildProcess
  readonly worker: ChildProcess | undefined
  readonly stop: () => Promise<void>
}

export type Environment = Readonly<Record<string, string>>

/** Starts dsapi with jobs that do nothing, and waits until it answers. */
export const startDsapi = async (options: {
  readonly redisUrl?: string | undefined
  readonly withWorker: boolean
  readonly logLevel?: string
}): Promise<RunningDsapi> => {
  const folder = mkdtempSync(join(tmpdir(), 'dsapi-bench-'))
  const port = await freePort()
  const path = join(folder, 'bench.sqlite')
  const env: Environment = {
    PATH: process.env.PATH ?? '',
    ...(process.env.NODE_OPTIONS && { NODE_OPTIONS: process.env.NODE_OPTIONS }),
    DATABASE_URL: `sqlite:${path}`,
    PORT: String(port),
    DSAPI_SLOW_SECONDS: '0',
    DSAPI_QUEUE_LIMIT: '100000000',
    LOG_LEVEL: options.logLevel ?? 'error',
    ...(options.redisUrl && { REDIS_URL: options.redisUrl }),
  }
  const run = (command: string) =>
    spawn(process.execPath, [main, command], {
      env,
      stdio: ['ignore', 'inherit', options.logLevel ? 'ignore' : 'inherit'],
    })
  await once(spawn(process.execPath, [main, 'gendb'], { env, stdio: 'ignore' }), 'exit')
  const db = await openDatabase(path)
  const by = { actor: 'cli:bench', now: Date.now() } as const
  const { key } = await createKey(db, { name: 'bench' }, by)
  const api = run('serve')
  const worker = options.withWorker ? run('worker') : undefined
  await waitFor(() =>
    fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    ),
  )
  return {
    port,
    key,
    db,
    api,
    worker,
    stop: async () => {
      for (const child of [api, worker]) {
        if (child === undefined) continue
        const exited = once(child, 'exit')
        child.kill('SIGTERM')
        await exited
      }
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
