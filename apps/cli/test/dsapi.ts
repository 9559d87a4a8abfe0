import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Api, startApi } from '@dsapi/api'
import { createKey, type KeyOptions, type MadeKey } from '@dsapi/auth'
import { loadConfig } from '@dsapi/config'
import { type Database, openDatabase } from '@dsapi/db'
import { createLogger } from '@dsapi/telemetry'
import { blankDatabase, emptyDatabase, waitFor } from '@dsapi/testing'
import { onTestFinished } from 'vitest'
import { generateDatabase } from '../src/database/generate-database.ts'
import { type Ended, runHere } from './run-here.ts'

const main = fileURLToPath(new URL('../src/main.js', import.meta.url))

/** One of the example's public keys, which `gendb --demo-keys` stores. */
export const demoKey = 'PE1tlZti1TXJ9nTIri30OnPcquDUpjVrayieAAzY'

export type Environment = Readonly<Record<string, string>>

/** One that names a database. */
export type OwnEnvironment = Environment & { readonly DATABASE_URL: string }

/** Settings for a dsapi of its own: an empty database, any free port, a short slow prediction. */
export const ownEnvironment = async (): Promise<OwnEnvironment> =>
  settingsWith(await emptyDatabase())

/** The same where no command has made the schema yet: on SQLite there is no file. */
export const blankEnvironment = async (): Promise<OwnEnvironment> =>
  settingsWith(await blankDatabase())

const settingsWith = (url: string): OwnEnvironment => ({
  DATABASE_URL: url,
  PORT: '0',
  DSAPI_METRICS_PORT: '0',
  DSAPI_SLOW_SECONDS: '0.2',
})

const inDatabase = async <T>(
  { DATABASE_URL }: OwnEnvironment,
  task: (db: Database) => Promise<T>,
) => {
  const db = await openDatabase({ url: DATABASE_URL }, { create: true })
  return task(db).finally(() => db.destroy())
}

/** Does what `dsapi gendb` does, in the test's process: a process takes ten times as long. */
export const generate = (env: OwnEnvironment, { demoKeys = false } = {}) =>
  inDatabase(env, (db) => generateDatabase(db, { samples: 100, seed: 2, demoKeys, force: false }))

/** Does what `dsapi keys create` does, in the same way. */
export const makeKey = (env: OwnEnvironment, wishes: Partial<KeyOptions> = {}): Promise<MadeKey> =>
  inDatabase(env, (db) =>
    createKey(db, { name: 'test', ...wishes }, { actor: 'cli:test', now: Date.now() }),
  )

/** Does what `dsapi serve` does, in the same way, until it is stopped. */
export const startHere = (env: OwnEnvironment): Promise<Api> =>
  startApi(loadConfig(env), createLogger('silent', 'api'), () => ({
    isOverloaded: () => false, // However busy the machine is that runs the tests.
    stop: () => {},
  }))

/** The same until the test ends; gives its address. */
export const serveHere = async (env: OwnEnvironment): Promise<string> => {
  const api = await startHere(env)
  onTestFinished(() => api.stop())
  return api.url
}

/** A real `dsapi` process. */
export const spawnDsapi = (args: readonly string[], env: Environment) => {
  const child = spawn(process.execPath, [main, ...args], {
    env: { PATH: process.env.PATH, ...env },
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text
  })
  const closed = once(child, 'close')
  return {
    pid: child.pid ?? 0,
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    /** The processes that it has started and that have not ended. */
    pids: (): number[] =>
      readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8')
        .split(' ')
        .filter((pid) => pid !== '')
        .map(Number),
    /** The exit code and all that was said, once the process has ended. */
    ended: async (): Promise<Ended> => {
      const [code] = await closed
      return { code, stdout, stderr }
    },
    /** How often a pattern matches what has been said so far. */
    count: (pattern: RegExp): number => (stdout + stderr).match(pattern)?.length ?? 0,
    /** The first match in what has been said so far, or will be. */
    says: async (pattern: RegExp): Promise<string> => {
      const match = () => pattern.exec(stdout + stderr)
      await waitFor(() => match() !== null || child.exitCode !== null)
      const found = match()
      if (found === null) throw new Error(`dsapi did not say ${pattern}:\n${stdout}${stderr}`)
      return found[1] ?? found[0]
    },
  }
}

/** The same, ended with the test that starts it, by Ctrl-C: after SIGTERM a server goes on for a second. */
export const spawned = (args: readonly string[], env: Environment) => {
  const child = spawnDsapi(args, env)
  onTestFinished(async () => {
    child.kill('SIGINT')
    await child.ended()
  })
  return child
}

/** Runs a command to its end in a process of its own. */
export const dsapiProcess = (env: Environment, ...args: string[]): Promise<Ended> =>
  spawnDsapi(args, env).ended()

/** Their handlers of signals and exceptions are meant for a whole process. */
const serving = new Set<string | undefined>(['start', 'serve', 'worker'])

/** Runs a command to its end: in this process, unless it is one that serves. */
export const dsapi = (env: Environment, ...args: string[]): Promise<Ended> =>
  serving.has(args[0]) ? dsapiProcess(env, ...args) : runHere(env, args)
