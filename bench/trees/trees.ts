// Predicts with 100 trees of depth 6, one row and 10,000 rows at a time, beside XGBoost in Python on one thread:
//   pnpm --filter @dsapi/bench bench:trees
// In turns in one run. Both read the same file and get the same rows; the sums of their margins have to be equal.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RandomState } from '@dsapi/model'
import { readTrees } from '@dsapi/trees'
import { recordResult } from '../record-result.ts'
import { median, printTable } from '../report.ts'
import { makeModel } from './make-model.ts'

const rounds = 5
const nRows = 10_000
const shape = { trees: 100, depth: 6, features: 30 }

type Run = { readonly one: number; readonly bulk: number; readonly sum: number }

const folder = mkdtempSync(join(tmpdir(), 'dsapi-bench-'))
const random = new RandomState(0)
const file = join(folder, 'model.json')
const rowsFile = join(folder, 'rows')
const text = makeModel(shape, random)
const rows = Float32Array.from({ length: nRows * shape.features }, () =>
  random.uniform() < 0.05 ? Number.NaN : random.standardNormal(),
)
writeFileSync(file, text)
writeFileSync(rowsFile, rows)

const secondsOf = (call: () => unknown, repeats: number) => {
  const times = Array.from({ length: repeats }, () => {
    const started = performance.now()
    call()
    return (performance.now() - started) / 1000
  })
  return median(times)
}

const started = performance.now()
const model = readTrees(text)
const readMs = performance.now() - started

const ours = (values: Float32Array | Float64Array): Run => {
  const batch = 1000
  const row = values.slice(0, shape.features)
  const predictMany = () => {
    for (let i = 0; i < batch; i++) model.predict(row, 1)
  }
  return {
    one: secondsOf(predictMany, 5) / batch,
    bulk: secondsOf(() => model.predict(values, nRows), 7) / nRows,
    sum: model.predictMargin(values, nRows).reduce((sum, margin) => sum + margin, 0),
  }
}

const python = process.env.DSAPI_PYTHON ?? '/usr/bin/python3'
const theirs = (): (Run & { readonly version: string }) | undefined => {
  const peer = join(import.meta.dirname, 'xgboost_peer.py')
  const args = [peer, file, rowsFile, String(shape.features)]
  try {
    const env = { ...process.env, OMP_NUM_THREADS: '1' }
    const stdio = ['ignore' as const, 'pipe' as const, 'ignore' as const]
    return JSON.parse(execFileSync(python, args, { encoding: 'utf8', env, stdio }))
  } catch {
    return undefined
  }
}

const doubles = Float64Array.from(rows)
const floats: Run[] = []
const wide: Run[] = []
const xgboost: Run[] = []
let version: string | undefined
ours(rows)
for (let round = 0; round < rounds; round++) {
  floats.push(ours(rows))
  wide.push(ours(doubles))
  const run = theirs()
  if (run !== undefined) xgboost.push(run)
  version ??= run?.version
}
rmSync(folder, { recursive: true })

const sums = new Set([...floats, ...wide, ...xgboost].map(({ sum }) => sum))
if (sums.size !== 1) throw new Error(`The margins differ: their sums are ${[...sums].join(', ')}.`)

const summarise = (name: string, runs: readonly Run[]) => ({
  name,
  oneRowMicroseconds: 1e6 * median(runs.map(({ one }) => one)),
  rowsPerSecond: 1 / median(runs.map(({ bulk }) => bulk)),
})
const results = [
  summarise('@dsapi/trees, Float32Array', floats),
  summarise('@dsapi/trees, Float64Array', wide),
  ...(xgboost.length > 0 ? [summarise(`XGBoost ${version} in Python`, xgboost)] : []),
]
const [first] = results
printTable(
  ['100 trees of depth 6, 30 features', 'one row, µs', 'ratio', 'M rows/s of 10,000', 'ratio'],
  results.map(({ name, oneRowMicroseconds, rowsPerSecond }) => [
    name,
    oneRowMicroseconds.toFixed(1),
    (oneRowMicroseconds / first.oneRowMicroseconds).toFixed(2),
    (rowsPerSecond / 1e6).toFixed(3),
    (rowsPerSecond / first.rowsPerSecond).toFixed(2),
  ]),
)
process.stdout.write(
  `Reading the JSON file of ${Math.round(text.length / 1024)} KiB, the first time: ${readMs.toFixed(1)} ms\n`,
)
recordResult('trees', { xgboost: version, rounds, nRows, ...shape, results })
