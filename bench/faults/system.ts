import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createKey, rotateWebhookSecret, setKey } from '@dsapi/auth'
import { type Database, openDatabase } from '@dsapi/db'
import { freePort, type PostgresServer, type RedisServer, startRedis } from '@dsapi/testing'
import { openLedger } from '../ledger.ts'
import {
  makeNetworkNamespace,
  type NetworkNamespace,
  noNetworkNamespaces,
} from '../network-namespace.ts'
import { runDsapi } from '../processes.ts'
import { type LivingProcess, startLiving } from './living-process.ts'
import { type Engine, startDatabase } from './start-database.ts'
import { startReceiver, type WebhookReceiver } from './webhook-receiver.ts'

/** Two apis and two workers on one database, with a Redis of their own or without. */
export type System = {
  readonly engine: Engine
  readonly folder: string
  readonly db: Database
  /** Opens the database once more. */
  readonly openOther: () => Promise<Database>
  readonly key: string
  readonly urls: readonly string[]
  readonly apis: readonly LivingProcess[]
  readonly workers: readonly LivingProcess[]
  readonly redis: RedisServer | undefined
  readonly postgres: PostgresServer | undefined
  /** Receives the webhook of each job. */
  readonly receiver: WebhookReceiver
  /** The network of the first worker, if it has one of its own. */
  readonly namespace: NetworkNamespace | undefined
  /** Shifts the clock of all processes. */
  readonly shiftClock: (ms: number) => void
  readonly stop: () => Promise<void>
}

export type SystemOptions = {
  readonly engine: Engine
  readonly withRedis: boolean
  /** The folder of the database's file. By default, one that is removed with the system. */
  readonly folder?: string
}

/** How long a job takes, so that some run whenever something happens. */
const jobSeconds = '0.05'

/** An onlooker waits longer than dsapi does, for its faults and for a busy machine. */
const onlookersPatience = { connectTimeoutMs: 60_000, statementTimeoutMs: 60_000 }

/** Whether such a system has a worker that can be cut off: a file is not reached over a network. */
export const hasNetwork = (engine: Engine): boolean =>
  engine === 'postgres' && noNetworkNamespaces === undefined

export const startSystem = async (options: SystemOptions): Promise<System> => {
  const cleanups: (() => unknown)[] = []
  const stop = async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
  }
  try {
    return { ...(await startParts(options, cleanups)), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

const startParts = async (
  { engine, withRedis, folder: given }: SystemOptions,
  cleanups: (() => unknown)[],
): Promise<Omit<System, 'stop'>> => {
  const own = mkdtempSync(join(tmpdir(), 'dsapi-faults-'))
  cleanups.push(() => rmSync(own, { recursive: true }))
  const folder = given ?? own
  const clockFile = join(own, 'clock')
  const shiftClock = (ms: number) => writeFileSync(clockFile, String(ms))
  shiftClock(0)
  const namespace = hasNetwork(engine) ? makeNetworkNamespace() : undefined
  cleanups.push(() => namespace?.remove())
  const host = namespace?.hostAddress ?? '127.0.0.1'
  const redis = withRedis ? await startRedis(host) : undefined
  cleanups.push(() => redis?.stop())
  const database = await startDatabase(engine, { folder, host })
  cleanups.push(database.stop)
  const receiver = await startReceiver(host)
  cleanups.push(receiver.stop)
  const env = {
    PATH: process.env.PATH ?? '',
    DATABASE_URL: database.url,
    DSAPI_SLOW_SECONDS: jobSeconds,
    CLOCK_FILE: clockFile,
    DSAPI_WEBHOOK_HOSTS: host,
    ...(redis && { REDIS_URL: redis.url }),
  }
  await runDsapi(['gendb'], env)
  const openOther = () => openDatabase({ url: database.onlookerUrl, ...onlookersPatience })
  const db = await openOther()
  cleanups.push(() => db.destroy())
  await openLedger(db, engine)
  const by = { actor: 'cli:faults', now: Date.now() } as const
  const { key, stored } = await createKey(db, { name: 'faults' }, by)
  await rotateWebhookSecret(db, stored.id, by)
  await setKey(db, stored.id, { webhookUrl: receiver.url }, by)

  const living = async (...args: Parameters<typeof startLiving>) => {
    const one = await startLiving(...args)
    cleanups.push(one.stop)
    return one
  }
  const ports = [await freePort(), await freePort()]
  const [apis, workers] = await Promise.all([
    Promise.all(ports.map((port) => living('serve', { ...env, PORT: String(port) }))),
    Promise.all([living('worker', env, namespace?.command), living('worker', env)]),
  ])
  const urls = ports.map((port) => `http://127.0.0.1:${port}`)
  const { postgres } = database
  return {
    ...{ engine, folder, db, openOther, key, urls, apis, workers, redis, postgres, namespace },
    receiver,
    shiftClock,
  }
}
