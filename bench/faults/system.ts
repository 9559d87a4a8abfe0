import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createKey } from '@dsapi/auth'
import { type Database, openDatabase } from '@dsapi/db'
import { freePort, type RedisServer, startRedis } from '@dsapi/testing'
import { runDsapi } from '../processes.ts'
import { openLedger } from './ledger.ts'
import { type LivingProcess, startLiving } from './living-process.ts'

/** Two apis and two workers on one database, with a Redis of their own or without. */
export type System = {
  readonly folder: string
  readonly databasePath: string
  readonly db: Database
  readonly key: string
  readonly urls: readonly string[]
  readonly apis: readonly LivingProcess[]
  readonly workers: readonly LivingProcess[]
  readonly redis: RedisServer | undefined
  /** Shifts the clock of all processes. */
  readonly shiftClock: (ms: number) => void
  readonly stop: () => Promise<void>
}

/** How long a job takes, so that some run whenever something happens. */
const jobSeconds = '0.1'

/** @param folder where the database will be; without it, a folder that goes with the system */
export const startSystem = async (options: {
  readonly withRedis: boolean
  readonly folder?: string
}): Promise<System> => {
  const own = mkdtempSync(join(tmpdir(), 'dsapi-faults-'))
  const folder = options.folder ?? own
  const databasePath = join(folder, 'faults.sqlite')
  const clockFile = join(own, 'clock')
  const shiftClock = (ms: number) => writeFileSync(clockFile, String(ms))
  shiftClock(0)
  const redis = options.withRedis ? await startRedis() : undefined
  const env = {
    PATH: process.env.PATH ?? '',
    DATABASE_URL: `sqlite:${databasePath}`,
    DSAPI_SLOW_SECONDS: jobSeconds,
    CLOCK_FILE: clockFile,
    ...(redis && { REDIS_URL: redis.url }),
  }
  await runDsapi(['gendb'], env)
  const db = await openDatabase({ url: `sqlite:${databasePath}` })
  await openLedger(db)
  const by = { actor: 'cli:faults', now: Date.now() } as const
  const { key } = await createKey(db, { name: 'faults' }, by)

  const ports = [await freePort(), await freePort()]
  const apis = await Promise.all(
    ports.map((port) => startLiving('serve', { ...env, PORT: String(port) })),
  )
  const workers = await Promise.all([startLiving('worker', env), startLiving('worker', env)])
  return {
    folder,
    databasePath,
    db,
    key,
    urls: ports.map((port) => `http://127.0.0.1:${port}`),
    apis,
    workers,
    redis,
    shiftClock,
    stop: async () => {
      await Promise.all([...apis, ...workers].map((one) => one.stop()))
      await db.destroy()
      await redis?.stop()
      rmSync(own, { recursive: true })
    },
  }
}
