// 100,000 rows of 20 features over each protocol, in turns, and what other requests wait meanwhile.
//   pnpm --filter @dsapi/bench bench:protocols

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cpuSeconds } from '../cpu-seconds.ts'
import { type RunningDsapi, startDsapi } from '../dsapi.ts'
import { addModel, serveModel } from '../models/serve-model.ts'
import { recordResult } from '../record-result.ts'
import { median, printTable } from '../report.ts'
import { type Contestant, contestants, shape } from './contestants.ts'
import { othersWhile } from './others-while.ts'
import { post } from './post.ts'

const rounds = 5
const bodies = 4
const atOnce = 2

const featureNames = Array.from({ length: shape.features }, (_, k) => `f${k}`)
const model = JSON.stringify({
  format: 'dsapi-logistic-regression',
  formatVersion: 1,
  classes: [0, 1],
  coef: [featureNames.map((_, k) => (k - 10) / 20)],
  intercept: [0.5],
  featureNames,
})

/** Rows a second, and the processor time of the server for a million rows. */
type Measured = { readonly rowsPerSecond: number; readonly cpuSeconds: number }

const measure = async ({ port, key, api }: RunningDsapi, contestant: Contestant) => {
  const before = cpuSeconds(api.pid)
  const begun = performance.now()
  let left = bodies
  const one = async () => {
    while (left-- > 0) await post(`http://127.0.0.1:${port}`, key, contestant)
  }
  await Promise.all(Array.from({ length: atOnce }, one))
  const seconds = (performance.now() - begun) / 1000
  const rows = shape.rows * bodies
  return {
    rowsPerSecond: rows / seconds,
    cpuSeconds: ((cpuSeconds(api.pid) - before) * 1e6) / rows,
  }
}

const folder = mkdtempSync(join(tmpdir(), 'dsapi-bench-'))
const dsapi = await startDsapi({ withWorker: false, logLevel: 'info' })
const oneRow = JSON.stringify({ instances: [featureNames.map(() => 1)] })
await serveModel(dsapi, await addModel(dsapi.db, model, folder), oneRow)

const all = contestants()
const runs = all.map((): Measured[] => [])
for (let round = 0; round <= rounds; round++) {
  for (const [index, contestant] of all.entries()) {
    const measured = await measure(dsapi, contestant)
    if (round > 0) runs[index].push(measured)
  }
}
const rates = all.map(({ name, body }, index) => ({
  name,
  bodyBytes: body.length,
  rowsPerSecond: median(runs[index].map(({ rowsPerSecond }) => rowsPerSecond)),
  cpuSeconds: median(runs[index].map(({ cpuSeconds }) => cpuSeconds)),
}))
const others = await othersWhile(dsapi, featureNames)
await dsapi.stop()
rmSync(folder, { recursive: true })

const [first] = rates
printTable(
  ['100,000 rows × 20 features', 'Body', 'Rows a second', 'Binary to it', 'CPU s for 1M rows'],
  rates.map(({ name, bodyBytes, rowsPerSecond, cpuSeconds }) => [
    name,
    `${(bodyBytes / 1e6).toFixed(1)} MB`,
    Math.round(rowsPerSecond).toLocaleString('en'),
    (first.rowsPerSecond / rowsPerSecond).toFixed(2),
    cpuSeconds.toFixed(2),
  ]),
)
process.stdout.write('\n')
const times = (name: string, { median, p99 }: typeof others.alone) => [
  name,
  `${median.toFixed(1)} ms`,
  `${p99.toFixed(1)} ms`,
]
printTable(
  ['Other requests', 'Median', 'p99'],
  [times('alone', others.alone), times('while binary bodies are predicted', others.meanwhile)],
)
recordResult('protocols', { ...shape, rates, others })
process.exit()
