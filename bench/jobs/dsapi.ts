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

/** One api and one worker process over a database of their own. */
export type RunningDsapi = {
  readonly port: number
  readonly key: string
  readonly keyId: string
  readonly db: Database
  readonly pids: readonly number[]
  readonly stop: () => Promise<void>
}

export type Environment = Readonly<Record<string, string>>

const runToEnd = async (args: readonly string[], env: Environment) => {
  await once(spawn(process.execPath, [main, ...args], { env, stdio: 'ignore' }), 'exit')
}

/** Starts an api and a worker whose jobs do nothing, and waits until both are there. */
export const startDsapi = async (settings: Environment): Promise<RunningDsapi> => {
  const folder = mkdtempSync(join(tmpdir(), 'dsapi-bench-'))
  const port = await freePort()
  const path = join(folder, 'bench.sqlite')
  const env = {
    PATH: process.env.PATH ?? '',
    DATABASE_URL: `sqlite:${path}`,
    PORT: String(port),
    DSAPI_SLOW_SECONDS: '0',
    DSAPI_QUEUE_LIMIT: '100000000',
    LOG_LEVEL: 'error',
    ...settings,
  }
  await runToEnd(['gendb'], env)
  const db = await openDatabase(path)
  const { key, stored } = await createKey(db, { name: 'bench' }, { actor: 'cli:bench', now: 0 })
  const children: ChildProcess[] = [['serve'], ['worker']].map((args) =>
    spawn(process.execPath, [main, ...args], { env, stdio: ['ignore', 'inherit', 'inherit'] }),
  )
  await waitFor(() =>
    fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    ),
  )
  return {
    port,
    key,
    keyId: stored.id,
    db,
    pids: children.map(({ pid }) => pid ?? 0),
    stop: async () => {
      for (const child of children) {
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
