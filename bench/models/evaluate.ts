import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { batchOfNumbers, readModel } from '@dsapi/inference'
import { inTurns } from '../in-turns.ts'
import { median } from '../report.ts'
import { findOnnxruntime } from './find-onnxruntime.ts'
import type { BenchModel } from './make-bench-model.ts'
import { writeOnnxTrees } from './write-onnx-trees.ts'

const rounds = 7
/** How many rows are predicted one by one between two looks at the clock. */
const calls = 5000

type Evaluator = {
  readonly name: string
  /** Seconds for one row. */
  readonly one: () => Promise<number>
  /** Seconds for a row of many. */
  readonly many: () => Promise<number>
  /** The probability of the second class, of all rows. */
  readonly probabilities: () => Promise<ArrayLike<number>>
}

const secondsOf = async (run: () => Promise<unknown>) => {
  const started = performance.now()
  await run()
  return (performance.now() - started) / 1000
}

const secondOfPairs = (pairs: ArrayLike<number>) =>
  Float64Array.from({ length: pairs.length / 2 }, (_, row) => pairs[2 * row + 1])

/** Different ones, so that no branch is learned by heart. */
const singleRows = (rows: Float32Array, width: number) =>
  Array.from({ length: calls }, (_, i) => rows.slice(i * width, (i + 1) * width))

const trees = async ({ text, rows, width }: BenchModel): Promise<Evaluator> => {
  const model = await readModel(Buffer.from(text))
  const { predictOne, predictSync } = model
  if (predictOne === undefined || predictSync === undefined) {
    throw new Error('A model of trees has to answer on the spot')
  }
  const single = singleRows(rows, width).map((row) => Array.from(row))
  const batch = batchOfNumbers(rows, width)
  return {
    name: '@dsapi/trees',
    one: async () => {
      const seconds = await secondsOf(async () => {
        for (const row of single) predictOne(row)
      })
      return seconds / calls
    },
    many: async () => (await secondsOf(async () => predictSync(batch))) / batch.nRows,
    probabilities: async () => {
      const answer = predictSync(batch)
      if (answer.type !== 'classes') throw new Error('It is a classifier')
      return secondOfPairs(answer.probabilities)
    },
  }
}

const onnxruntime = async ({ text, rows, width }: BenchModel): Promise<Evaluator | undefined> => {
  const found = findOnnxruntime()
  if (found === undefined) return undefined
  const { Tensor, InferenceSession } = found.ort
  const threads = { intraOpNumThreads: 1, interOpNumThreads: 1 }
  const session = await InferenceSession.create(writeOnnxTrees(text), {
    ...threads,
    logSeverityLevel: 4,
  })
  const run = async (data: Float32Array) => {
    const x = new Tensor('float32', data, [data.length / width, width])
    return (await session.run({ x }, ['probabilities'])).probabilities.data
  }
  const single = singleRows(rows, width)
  return {
    name: `onnxruntime-node ${found.version}, one thread`,
    one: async () => {
      const seconds = await secondsOf(async () => {
        for (const row of single) await run(row)
      })
      return seconds / calls
    },
    many: async () => (await secondsOf(() => run(rows))) / (rows.length / width),
    probabilities: async () => secondOfPairs(await run(rows)),
  }
}

export type Evaluated = {
  readonly name: string
  readonly oneRowMicroseconds: number
  readonly rowsPerSecond: number
}

type PeerRun = { readonly version: string; readonly one: number; readonly bulk: number }

/** Runs a peer in Python; undefined where its library is not installed. */
const runPeer = (python: string, peer: string, args: readonly string[]): PeerRun | undefined => {
  try {
    const path = join(import.meta.dirname, peer)
    const env = { ...process.env, OMP_NUM_THREADS: '1' }
    const stdio = ['ignore' as const, 'pipe' as const, 'ignore' as const]
    return JSON.parse(execFileSync(python, [path, ...args], { encoding: 'utf8', env, stdio }))
  } catch {
    return undefined
  }
}

const measurePeer = (
  name: string,
  runs: readonly (PeerRun | undefined)[],
): readonly Evaluated[] => {
  const done = runs.filter((run) => run !== undefined)
  if (done.length === 0) return []
  return [
    {
      name: `${name} ${done[0].version} in Python, one thread`,
      oneRowMicroseconds: 1e6 * median(done.map(({ one }) => one)),
      rowsPerSecond: 1 / median(done.map(({ bulk }) => bulk)),
    },
  ]
}

/** The probabilities may differ by the rounding of float32. */
const checkSame = async (evaluators: readonly Evaluator[]) => {
  const [ours, ...others] = await Promise.all(evaluators.map((one) => one.probabilities()))
  for (const other of others) {
    for (let row = 0; row < ours.length; row++) {
      if (Math.abs(ours[row] - other[row]) < 1e-5) continue
      throw new Error(`Row ${row}: ${ours[row]} and ${other[row]} are not the same`)
    }
  }
}

/** One row and many rows, by our evaluator, by onnxruntime, and by the libraries in Python. */
export const evaluate = async (
  model: BenchModel,
  folder: string,
  python: string,
): Promise<readonly Evaluated[]> => {
  const own = [await trees(model), await onnxruntime(model)].filter((one) => one !== undefined)
  await checkSame(own)
  const one = await inTurns(
    own.map(({ name, one: measure }) => ({ name, measure })),
    rounds,
  )
  const many = await inTurns(
    own.map(({ name, many: measure }) => ({ name, measure })),
    rounds,
  )
  const rowsFile = join(folder, 'rows')
  writeFileSync(rowsFile, model.rows)
  const args = [rowsFile, String(model.width)]
  const turns = [1, 2, 3]
  const xgboost = turns.map(() =>
    runPeer(python, '../trees/xgboost_peer.py', [model.file, ...args]),
  )
  const lightgbm = turns.map(() => runPeer(python, 'lightgbm_peer.py', args))
  return [
    ...own.map(({ name }, index) => ({
      name,
      oneRowMicroseconds: 1e6 * one[index].figure,
      rowsPerSecond: 1 / many[index].figure,
    })),
    ...measurePeer('XGBoost', xgboost),
    ...measurePeer('LightGBM', lightgbm),
  ]
}
