// Jobs a second from the POST to the finished row, beside other queues; the cost of a long queue and of many old
// jobs; the delay of an idle worker, and the cost of idling.
//   pnpm --filter @dsapi/bench bench:jobs
// Needs redis-server; python-rq is measured where Debian's python3-rq is installed.

import { setTimeout } from 'node:timers/promises'
import { startRedis } from '@dsapi/testing'
import { cpuSeconds } from '../cpu-seconds.ts'
import { startDsapi } from '../dsapi.ts'
import { type Contestant, inTurns } from '../in-turns.ts'
import { recordResult } from '../record-result.ts'
import { median, printTable } from '../report.ts'
import { bee } from './bee.ts'
import { bullmq } from './bullmq.ts'
import { acceptedPerSecond, addJobs, jobsPerSecond, pickUpMs } from './job-lifetime.ts'
import { rq } from './rq.ts'

const rounds = 5
const seconds = 5
const peerJobs = 20_000

const dispatchers = ['the database alone', 'bee-queue on Redis'] as const

/** A fresh dsapi for each figure, as each peer begins with an empty Redis. */
const figureOf = async (redisUrl: string | undefined) => {
  const dsapi = await startDsapi({ redisUrl, withWorker: true })
  await jobsPerSecond(dsapi, 2) // Threads are started, code is compiled.
  const figure = await jobsPerSecond(dsapi, seconds)
  await dsapi.stop()
  return figure
}

const withRedis = async (measure: (redisUrl: string) => Promise<number>) => {
  const redis = await startRedis()
  const figure = await measure(redis.url)
  await redis.stop()
  return figure
}

const contestants: readonly Contestant[] = [
  { name: `dsapi, ${dispatchers[0]}`, measure: () => figureOf(undefined) },
  { name: `dsapi, ${dispatchers[1]}`, measure: () => withRedis(figureOf) },
  ...[bee, bullmq, ...(rq ? [rq] : [])].map(({ name, jobsPerSecond }) => ({
    name,
    measure: () => withRedis((redisUrl) => jobsPerSecond(redisUrl, peerJobs)),
  })),
]

/** Compares two databases in turns, of which one has old jobs or a queue. Returns the ratio of their speeds. */
const compareDatabases = async (
  count: number,
  state: 'queued' | 'succeeded',
  measure: typeof jobsPerSecond,
) => {
  const withWorker = measure === jobsPerSecond
  const empty = await startDsapi({ withWorker })
  const filled = await startDsapi({ withWorker })
  await addJobs(filled.db, count, state)
  const ratios: number[] = []
  for (let round = 0; round <= rounds; round++) {
    // The one that goes first in one round goes last in the next.
    const pair = round % 2 === 0 ? [filled, empty] : [empty, filled]
    const first = await measure(pair[0], 2)
    const second = await measure(pair[1], 2)
    // The first round warms up.
    if (round > 0) ratios.push(round % 2 === 0 ? first / second : second / first)
  }
  await empty.stop()
  await filled.stop()
  return median(ratios)
}

const idleSeconds = 20

/** The share of a core that a process uses over a while. */
const coreShare = async (pid: number | undefined) => {
  const before = cpuSeconds(pid)
  await setTimeout(idleSeconds * 1000)
  return (cpuSeconds(pid) - before) / idleSeconds
}

const idling = async (redisUrl: string | undefined) => {
  const dsapi = await startDsapi({ redisUrl, withWorker: true })
  await jobsPerSecond(dsapi, 1)
  await setTimeout(2000)
  const share = await coreShare(dsapi.workers[0]?.pid)
  const times = await pickUpMs(dsapi, 100)
  await dsapi.stop()
  return { coreShare: share, pickUpMs: { median: median(times), slowest: Math.max(...times) } }
}

const throughput = await inTurns(contestants, rounds)
const waiting = await compareDatabases(10_000, 'queued', acceptedPerSecond)
const past = {
  accepting: await compareDatabases(1_000_000, 'succeeded', acceptedPerSecond),
  wholeLife: await compareDatabases(1_000_000, 'succeeded', jobsPerSecond),
}
const redis = await startRedis()
const idle = {
  [dispatchers[0]]: await idling(undefined),
  [dispatchers[1]]: await idling(redis.url),
}
await redis.stop()

printTable(
  ['Queue', 'Jobs a second', 'To dsapi, the database alone'],
  throughput.map(({ name, figure }) => [
    name,
    figure.toFixed(0),
    (figure / throughput[0].figure).toFixed(2),
  ]),
)
process.stdout.write('\n')
printTable(
  ['With', 'Speed, to an empty database'],
  [
    ['10,000 waiting: accepting', waiting.toFixed(2)],
    ['1,000,000 finished: accepting', past.accepting.toFixed(2)],
    ['1,000,000 finished: from POST to finished row', past.wholeLife.toFixed(2)],
  ],
)
process.stdout.write('\n')
printTable(
  ['An idle worker, with', 'Of a core', 'Begins a new job after (median, slowest of 100)'],
  Object.entries(idle).map(([name, { coreShare, pickUpMs }]) => [
    name,
    `${(coreShare * 100).toFixed(1)} %`,
    `${pickUpMs.median} ms, ${pickUpMs.slowest} ms`,
  ]),
)
recordResult('jobs', { throughput, waiting, past, idle })
process.exit()
