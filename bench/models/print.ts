import { printTable } from '../report.ts'
import type { Evaluated } from './evaluate.ts'
import type { Memory } from './memory-of-models.ts'
import type { ByPathAndBody, Served } from './over-http.ts'
import type { Swaps } from './swaps.ts'

export const printEvaluated = (all: readonly Evaluated[]): void => {
  const [first] = all
  printTable(
    ['100 trees of depth 6, 30 features', 'one row, µs', 'ratio', 'M rows/s of 10,000', 'ratio'],
    all.map(({ name, oneRowMicroseconds, rowsPerSecond }) => [
      name,
      oneRowMicroseconds.toFixed(1),
      (first.oneRowMicroseconds / oneRowMicroseconds).toFixed(3),
      (rowsPerSecond / 1e6).toFixed(3),
      (first.rowsPerSecond / rowsPerSecond).toFixed(2),
    ]),
  )
}

const rowsOf = (all: readonly Served[]) =>
  all.map(({ name, requestsPerSecond, p50, p99, cpuMicroseconds }) => [
    name,
    requestsPerSecond.toFixed(0),
    (all[0].requestsPerSecond / requestsPerSecond).toFixed(2),
    p50.toFixed(1),
    p99.toFixed(1),
    cpuMicroseconds.toFixed(0),
    (cpuMicroseconds / all[0].cpuMicroseconds).toFixed(2),
  ])

export const printServed = (title: string, { path, body }: ByPathAndBody): void => {
  const header = [
    'requests a second',
    'dsapi to it',
    'median, ms',
    'p99, ms',
    'CPU, µs',
    'it to dsapi',
  ]
  process.stdout.write(`\n${title}\n`)
  printTable(['GET /predict/…', ...header], rowsOf(path))
  printTable(['POST /predict', ...header], rowsOf(body))
}

export const printMemory = (all: readonly Memory[]): void => {
  process.stdout.write('\n')
  printTable(
    ['Model', 'its process, MB', 'a child process, MB'],
    all.map(({ name, processMB, childMB }) => [name, processMB.toFixed(1), childMB.toFixed(1)]),
  )
}

export const printSwaps = ({ swaps, rate, still, swapping }: Swaps): void => {
  process.stdout.write(`\n${swaps} swaps, ${rate} requests a second, none failed\n`)
  printTable(
    ['', 'median, ms', 'p99, ms', 'longest, ms'],
    [
      { name: 'without a swap', ...still },
      { name: 'while versions are swapped', ...swapping },
    ].map(({ name, p50, p99, most }) => [name, ...[p50, p99, most].map((ms) => ms.toFixed(1))]),
  )
}
