import { table } from '../markdown.ts'
import { count, provenance, ratio, readResult } from './result.ts'

type Idle = {
  readonly coreShare: number
  readonly pickUpMs: { readonly median: number; readonly slowest: number }
}
type Figures = {
  readonly throughput: readonly { readonly name: string; readonly figure: number }[]
  readonly waiting: number
  readonly past: { readonly accepting: number; readonly wholeLife: number }
  readonly idle: Readonly<Record<string, Idle>>
}
type Memory = { readonly now: number; readonly most: number }
type Batch = {
  readonly rows: number
  readonly seconds: Readonly<Record<string, number>>
  readonly memoryMiB: { readonly after: Readonly<Record<string, Memory>> }
}

export const jobsBenchmark = (): string => {
  const jobs = readResult<Figures>('jobs')
  const batch = readResult<Batch>('batch')
  const { throughput, waiting, past, idle } = jobs.figures
  return `# Jobs

Jobs that do nothing, from the POST to the finished row, with one API process and one worker process, 64 connections and
\`synchronous=FULL\`. The other queues run without HTTP and without a disk: a producer and a worker process each. Five
rounds in turns, medians.

${table(
  ['Queue', 'Jobs a second'],
  throughput.map(({ name, figure }) => [name, count(figure)]),
)}

What the size of the queue and of the past costs, as a ratio to an empty database:

${table(
  ['Question', 'Ratio'],
  [
    ['Accepting a job with 10,000 jobs waiting', ratio(waiting)],
    ['Accepting a job with 1,000,000 finished jobs', ratio(past.accepting)],
    ['From POST to finished row with 1,000,000 finished jobs', ratio(past.wholeLife)],
  ],
)}

An idle worker, and how soon it begins a new job:

${table(
  ['With', 'Share of a core', 'Begins after (median)', 'Slowest of 100'],
  Object.entries(idle).map(([name, { coreShare, pickUpMs }]) => [
    name,
    `${(coreShare * 100).toFixed(1)} %`,
    `${pickUpMs.median} ms`,
    `${pickUpMs.slowest} ms`,
  ]),
)}

${provenance('jobs', jobs)}

## A large batch

A batch of ${count(batch.figures.rows)} rows:

${table(
  ['Step', 'Time'],
  Object.entries(batch.figures.seconds).map(([step, time]) => [step, `${time.toFixed(1)} s`]),
)}

${table(
  ['Process', 'Peak memory'],
  Object.entries(batch.figures.memoryMiB.after).map(([name, { most }]) => [
    name,
    `${most.toFixed(0)} MiB`,
  ]),
)}

${provenance('batch', batch)}
`
}
