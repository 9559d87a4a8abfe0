// What more processes gain, and what a prediction and a job cost each part. docs/guides/several-machines.md uses it.
//   pnpm --filter @dsapi/bench bench:scale
// Needs PostgreSQL, redis-server and wrk.

import { setTimeout } from 'node:timers/promises'
import { createKey } from '@dsapi/auth'
import type { Database } from '@dsapi/db'
import { startPostgres, startRedis } from '@dsapi/testing'
import { sql } from 'kysely'
import { startDsapi } from '../dsapi.ts'
import { requestsPerSecond } from '../http/wrk.ts'
import { jobsPerSecond } from '../jobs/job-lifetime.ts'
import { recordResult } from '../record-result.ts'
import { median, printTable } from '../report.ts'
import { claimsPerSecond } from './claims.ts'
import { type Costs, countingStatements, perEach, readCosts } from './costs.ts'

const rounds = 3
const seconds = 5
const idleSeconds = 15
const waitingJobs = 300_000

const server = await startPostgres({
  settings: { ...countingStatements, fsync: 'on', max_connections: '300' },
})
const redis = await startRedis()

type Shape = { readonly processes: number; readonly workers: number; readonly withRedis: boolean }

/** Starts a system and measures it. `spent` returns the cost of each request or job since the last call. */
const inSystem = async <T>(
  { processes, workers, withRedis }: Shape,
  measure: (
    dsapi: Awaited<ReturnType<typeof startDsapi>>,
    spent: (count: number) => Promise<Costs>,
  ) => Promise<T>,
): Promise<T> => {
  const databaseUrl = await server.createDatabase()
  const redisUrl = withRedis ? redis.url : undefined
  const dsapi = await startDsapi({
    databaseUrl,
    redisUrl,
    processes,
    workers,
    withWorker: workers > 0,
  })
  const where = { server, databaseUrl, redisUrl }
  let before = await readCosts(dsapi, where)
  try {
    return await measure(dsapi, async (count) => {
      const after = await readCosts(dsapi, where)
      const costs = perEach(before, after, count)
      before = after
      return costs
    })
  } finally {
    await dsapi.stop()
  }
}

const middle = (all: readonly Costs[]): Costs =>
  Object.fromEntries(
    Object.keys(all[0]).map((name) => [name, median(all.map((one) => one[name as keyof Costs]))]),
  ) as Costs

/** Repeats a measurement. Returns the median. */
const repeated = async (
  measure: () => Promise<{ readonly aSecond: number; readonly costs: Costs }>,
) => {
  const all = []
  for (let round = 0; round < rounds; round++) all.push(await measure())
  return {
    aSecond: median(all.map(({ aSecond }) => aSecond)),
    costs: middle(all.map(({ costs }) => costs)),
  }
}

/** A key with a rate that is checked at each request and never used up. */
const limitedKey = async (db: Database) => {
  const options = { name: 'limited', rate: { requests: 1e9, seconds: 1 } }
  return (await createKey(db, options, { actor: 'cli:bench', now: Date.now() })).key
}

const predictions = (shape: Shape, isLimited: boolean) =>
  repeated(() =>
    inSystem(shape, async ({ port, key: unlimited, db }, spent) => {
      const key = isLimited ? await limitedKey(db) : unlimited
      const url = `http://127.0.0.1:${port}/predict/feature_a/1.0/feature_b/1.0`
      const load = { connections: 32, seconds }
      await requestsPerSecond(url, key, { ...load, seconds: 2 })
      await spent(1)
      const aSecond = await requestsPerSecond(url, key, load)
      return { aSecond, costs: await spent(aSecond * seconds) }
    }),
  )

const jobs = (shape: Shape) =>
  repeated(() =>
    inSystem(shape, async (dsapi, spent) => {
      await jobsPerSecond(dsapi, 2)
      await spent(1)
      const begun = performance.now()
      const aSecond = await jobsPerSecond(dsapi, seconds)
      return { aSecond, costs: await spent((aSecond * (performance.now() - begun)) / 1000) }
    }),
  )

const idling = (shape: Shape) =>
  inSystem(shape, async (_, spent) => {
    await setTimeout(3000)
    await spent(1)
    await setTimeout(idleSeconds * 1000)
    return spent(idleSeconds)
  })

const claiming = async (claimers: number) => {
  const dsapi = await startDsapi({ databaseUrl: await server.createDatabase(), withWorker: false })
  const url = dsapi.databaseUrl
  await sql`insert into jobs (id, key_id, kind, state, input, attempt, released, created_at, run_at)
    select 'job' || n, (select id from api_keys limit 1), 'none', 'queued', '{}', 0, 0, n, n
    from generate_series(1, ${waitingJobs}::int) as n`.execute(dsapi.db)
  await sql`vacuum analyze jobs`.execute(dsapi.db)
  const figure = await claimsPerSecond(url, claimers, 3)
  await dsapi.stop()
  return figure
}

const results = {
  predictions: {
    'one process': await predictions({ processes: 1, workers: 0, withRedis: false }, false),
    'two processes': await predictions({ processes: 2, workers: 0, withRedis: false }, false),
    'one process, key with a rate': await predictions(
      { processes: 1, workers: 0, withRedis: false },
      true,
    ),
    'one process, key with a rate, Redis': await predictions(
      { processes: 1, workers: 0, withRedis: true },
      true,
    ),
  },
  jobs: {
    'PostgreSQL, 1 api, 1 worker': await jobs({ processes: 1, workers: 1, withRedis: false }),
    'PostgreSQL, 2 apis, 2 workers': await jobs({ processes: 2, workers: 2, withRedis: false }),
    'PostgreSQL, 2 apis, 8 workers': await jobs({ processes: 2, workers: 8, withRedis: false }),
    'PostgreSQL and Redis, 1 api, 1 worker': await jobs({
      processes: 1,
      workers: 1,
      withRedis: true,
    }),
    'PostgreSQL and Redis, 2 apis, 2 workers': await jobs({
      processes: 2,
      workers: 2,
      withRedis: true,
    }),
    'PostgreSQL and Redis, 2 apis, 8 workers': await jobs({
      processes: 2,
      workers: 8,
      withRedis: true,
    }),
  },
  idle: {
    '1 api process': await idling({ processes: 1, workers: 0, withRedis: false }),
    '1 api process and 4 workers': await idling({ processes: 1, workers: 4, withRedis: false }),
    '1 api process and 4 workers, Redis': await idling({
      processes: 1,
      workers: 4,
      withRedis: true,
    }),
  },
  claims: {
    '1': await claiming(1),
    '2': await claiming(2),
    '8': await claiming(8),
    '32': await claiming(32),
    '128': await claiming(128),
  },
}
await redis.stop()
await server.stop()

const micro = (share: number) => `${(share * 1e6).toFixed(0)} µs`
const rowOf = ([name, { aSecond, costs }]: [string, { aSecond: number; costs: Costs }]) => [
  name,
  aSecond.toFixed(0),
  micro(costs.apiCpu),
  micro(costs.workerCpu),
  micro(costs.databaseCpu),
  micro(costs.redisCpu),
  costs.statements.toFixed(3),
  costs.commits.toFixed(3),
  costs.walBytes.toFixed(0),
  costs.redisCommands.toFixed(2),
]
const header = [
  '',
  'A second',
  'api',
  'worker',
  'PostgreSQL',
  'Redis',
  'Statements',
  'Commits',
  'WAL bytes',
  'Redis commands',
]
printTable(['Predictions', ...header.slice(1)], Object.entries(results.predictions).map(rowOf))
process.stdout.write('\n')
printTable(['Jobs', ...header.slice(1)], Object.entries(results.jobs).map(rowOf))
process.stdout.write('\n')
printTable(
  ['Idle', 'Statements a second', 'PostgreSQL, of a core', 'Redis commands a second'],
  Object.entries(results.idle).map(([name, costs]) => [
    name,
    costs.statements.toFixed(1),
    `${(costs.databaseCpu * 100).toFixed(2)} %`,
    costs.redisCommands.toFixed(1),
  ]),
)
process.stdout.write('\n')
printTable(
  ['Claiming at once', 'Jobs claimed a second'],
  Object.entries(results.claims).map(([claimers, figure]) => [claimers, figure.toFixed(0)]),
)
recordResult('scale', results)
process.exit()
