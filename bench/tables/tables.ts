// Fits models to CSV files from the first byte to the stored model, beside pandas and scikit-learn, as whole processes in
// turns: A B A B …
//   pnpm --filter @dsapi/bench bench:tables
// DSAPI_PYTHON names a Python with pandas and scikit-learn. Linux only: the peak memory is that of /usr/bin/time.

import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findScikitLearn, noScikitLearn } from '../model/find-scikit-learn.ts'
import { main } from '../processes.ts'
import { recordResult } from '../record-result.ts'
import { median, printTable } from '../report.ts'

const rounds = Number(process.env.DSAPI_BENCH_ROUNDS ?? 5)
const nRows = Number(process.env.DSAPI_BENCH_ROWS ?? 1_000_000)
const nColumns = 100_000

type Run = {
  readonly seconds: number
  /** Of the processor, in the process and in the kernel. */
  readonly cpuSeconds: number
  readonly peakMB: number
  readonly objective: number
}

const peer = findScikitLearn(process.env)
if (peer === undefined) {
  process.stderr.write(noScikitLearn(process.env))
  process.exit(2)
}
const { python, version } = peer
const folder = mkdtempSync(join(tmpdir(), 'dsapi-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true }))
const env = {
  PATH: process.env.PATH,
  DATABASE_URL: `sqlite:${join(folder, 'bench.sqlite')}`,
  OPENBLAS_NUM_THREADS: '1',
  LOG_LEVEL: 'error',
}

/** Runs a command that prints JSON with an objective, and measures it from start to end. */
const run = (command: string, args: readonly string[]): Run => {
  const started = performance.now()
  const format = '%U %S %M'
  const { stdout, stderr, status } = spawnSync(
    '/usr/bin/time',
    ['--quiet', '-f', format, command, ...args],
    { encoding: 'utf8', env, maxBuffer: 2 ** 28 },
  )
  const seconds = (performance.now() - started) / 1000
  if (status !== 0) throw new Error(stderr)
  const [user, system, kilobytes] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number)
  const { objective } = JSON.parse(stdout)
  return { seconds, cpuSeconds: user + system, peakMB: kilobytes / 1024, objective }
}

const dsapi = (table: string) =>
  run(process.execPath, [
    ...[main, 'model', 'fit', '--no-evaluation', '--json', '--label', 'label'],
    ...['--data', join(folder, table)],
  ])

const scikitLearn = (table: string, solver: string, tol: number) =>
  run(python, [join(import.meta.dirname, 'fit_table.py'), join(folder, table), solver, String(tol)])

const medians = (runs: readonly Run[]): Run => {
  const of = (member: keyof Run) => median(runs.map((one) => one[member]))
  return {
    seconds: of('seconds'),
    cpuSeconds: of('cpuSeconds'),
    peakMB: of('peakMB'),
    objective: of('objective'),
  }
}

const inTurns = (task: string, table: string, solver: string, tol: number) => {
  const ours: Run[] = []
  const theirs: Run[] = []
  for (let round = 0; round < rounds; round++) {
    ours.push(dsapi(table))
    theirs.push(scikitLearn(table, solver, tol))
  }
  return { task, solver, ours: medians(ours), theirs: medians(theirs) }
}

execFileSync(python, [
  join(import.meta.dirname, 'make_tables.py'),
  ...[folder, String(nRows), String(nColumns)],
])
// scikit-learn stops by the gradient: these tolerances bring it as near to the minimum as a part in a million or so.
const results = [
  inTurns('mixed', 'mixed.csv', 'newton-cg', 1e-6),
  inTurns('mixed', 'mixed.csv', 'lbfgs', 1e-6),
  inTurns('digits', 'digits.csv', 'newton-cg', 1e-4),
  inTurns('wide', 'wide.csv', 'lbfgs', 1e-4),
]
printTable(
  [
    'table',
    'solver',
    'dsapi, s',
    'scikit-learn, s',
    'ratio',
    'CPU ratio',
    'MB',
    'MB',
    'objective',
    'theirs',
  ],
  results.map(({ task, solver, ours, theirs }) => [
    ...[task, solver, ours.seconds.toFixed(2), theirs.seconds.toFixed(2)],
    (ours.seconds / theirs.seconds).toFixed(2),
    (ours.cpuSeconds / theirs.cpuSeconds).toFixed(2),
    ...[ours.peakMB.toFixed(0), theirs.peakMB.toFixed(0)],
    ...[ours.objective.toPrecision(10), theirs.objective.toPrecision(10)],
  ]),
)
recordResult('tables', { scikitLearn: version, rounds, nRows, nColumns, results })
