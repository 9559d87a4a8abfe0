import { createKey } from '@dsapi/auth'
import { type Database, openDatabase } from '@dsapi/db'
import { openLedger } from '../ledger.ts'
import { main, runDsapi } from '../processes.ts'
import { type Host, makeHost } from './host.ts'
import { openNetwork } from './network.ts'
import { postgres, postgresUrl, succeeds } from './postgres.ts'
import { drainSeconds, haproxy, nginx } from './proxy.ts'

/** All hosts, with clients of their services. */
export type Site = {
  readonly postgres: Host
  readonly redis: Host
  readonly apis: readonly Host[]
  readonly workers: readonly Host[]
  /** Both are in front of the same apis. */
  readonly haproxy: Host
  readonly nginx: Host
  readonly db: Database
  readonly key: string
}

/** How long a job takes, so that some run whenever something happens. */
const jobSeconds = '0.1'
/** Of each api host. */
const processes = 1

const redisProgram = (address: string) => ({
  command: ['redis-server', '--bind', address, '--protected-mode', 'no', '--save', ''],
  isReady: () => succeeds('redis-cli', '-h', address, 'ping'),
})

/** Builds the hosts and starts everything on them. */
export const buildSite = async (folder: string): Promise<Site> => {
  openNetwork()
  const host = (name: string, number: number, program: Parameters<typeof makeHost>[3]) =>
    makeHost(name, number, folder, program)
  const database = host('postgres', 2, postgres(folder))
  const redis = host('redis', 3, redisProgram)
  await Promise.all([database.start(), redis.start()])

  const url = postgresUrl(database.address)
  const env = {
    PATH: process.env.PATH ?? '',
    DATABASE_URL: url,
    REDIS_URL: `redis://${redis.address}:6379`,
    DSAPI_SLOW_SECONDS: jobSeconds,
  }
  await runDsapi(['gendb'], env)
  const db = await openDatabase({ url })
  await openLedger(db, 'postgres')
  const by = { actor: 'cli:hosts', now: Date.now() } as const
  const { key } = await createKey(db, { name: 'hosts' }, by)

  const api = (address: string) => ({
    command: [process.execPath, main, 'serve', '--processes', String(processes)],
    env: { ...env, HOST: address, DSAPI_DRAIN_SECONDS: String(drainSeconds), LOG_LEVEL: 'warn' },
    isReady: () => isReady(address),
  })
  const worker = () => ({
    command: [process.execPath, main, 'worker'],
    env,
    isReady: (log: string) => log.includes('Waiting for jobs'),
  })
  const apis = [1, 2, 3].map((n) => host(`api${n}`, 10 + n, api))
  const workers = [1, 2, 3].map((n) => host(`worker${n}`, 20 + n, worker))
  await Promise.all([...apis, ...workers].map((one) => one.start()))

  const addresses = apis.map(({ address }) => address)
  const proxies = [
    host('haproxy', 4, haproxy(folder, addresses)),
    host('nginx', 5, nginx(folder, addresses)),
  ] as const
  await Promise.all(proxies.map((proxy) => proxy.start()))
  return {
    postgres: database,
    redis,
    apis,
    workers,
    haproxy: proxies[0],
    nginx: proxies[1],
    db,
    key,
  }
}

const isReady = (address: string) =>
  fetch(`http://${address}:8000/readyz`, { signal: AbortSignal.timeout(1000) }).then(
    ({ ok }) => ok,
    () => false,
  )
