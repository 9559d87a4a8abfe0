import { Matrix } from '../matrix.ts'
import type { ColumnScales } from './column-scales.ts'
import { encodedPass } from './encoded-pass.ts'
import { countScores, type LogLossProblem, scoreLength } from './log-loss-problem.ts'

/** Rows that go together: each parameter is loaded once for all of them. */
const together = 4
/** Values and their sums could overflow, or lose digits, before such a factor is applied. */
const largestFactor = 1e100

/** Replaces the scores of row i, which begin at `at`, by what its values are multiplied with. */
export type WeighRow = (scores: Float64Array, at: number, i: number) => void

/** Whether the columns of numbers can be read as they are, and their factors be applied to the parameters. */
export const isPlain = ({ X, scales: { shift, factor } }: LogLossProblem): boolean => {
  const places = placesOf(X)
  for (let at = 0; at < places.length; at++) {
    const j = places[at]
    if (shift[j] !== 0 || !(factor[j] < largestFactor && factor[j] > 1 / largestFactor))
      return false
  }
  return true
}

/** Where the columns are that are written out. */
const placesOf = (X: LogLossProblem['X']): Int32Array =>
  X instanceof Matrix ? firstPlaces(X.nColumns) : X.places

let counted = new Int32Array(0)

/** 0, 1, 2, …: made once, since each pass asks for it. */
const firstPlaces = (count: number): Int32Array => {
  if (counted.length < count) counted = Int32Array.from({ length: 2 * count }, (_, j) => j)
  return counted.subarray(0, count)
}

/**
 * Goes through the rows once: the scores X·v of each row are handed to `weigh`, and what it leaves in
 * their place, times the row, is summed up. The gradient and products with the Hessian are both of
 * this form.
 *
 * @param v without it, `weigh` is handed zeros
 * @param sum is added to; one number for each of `v`. Undefined where the scores alone are wanted
 */
export const passRows = (
  problem: LogLossProblem,
  v: Float64Array | undefined,
  sum: Float64Array | undefined,
  weigh: WeighRow,
): void => {
  const { X, hasIntercept } = problem
  const numbers = X instanceof Matrix ? X : X.numbers
  const encoded = X instanceof Matrix ? undefined : encodedPass(problem, X, v)
  const places = placesOf(X)
  const { nRows, nColumns, data } = numbers
  const nScores = countScores(problem)
  const length = scoreLength(problem)
  const plain = isPlain(problem)
  const scales = scalesOf(problem, places)
  const factors = plain ? scales.factor : new Float64Array(nColumns).fill(1)
  const weights = new Float64Array(nScores * nColumns)
  const offsets = new Float64Array(nScores)
  for (let k = 0; v && k < nScores; k++) {
    for (let j = 0; j < nColumns; j++) {
      weights[k * nColumns + j] = v[k * length + places[j]] * factors[j]
    }
    if (hasIntercept) offsets[k] = v[k * length + X.nColumns]
  }
  const slopes = new Float64Array(weights.length)
  const offsetSlopes = new Float64Array(nScores)
  const scores = new Float64Array(together * nScores)
  const block = new Float64Array(together * nColumns)
  for (let i = 0; i < nRows; i += together) {
    const count = Math.min(together, nRows - i)
    const isCopied = !plain || count < together
    if (isCopied) copyRows(numbers, scales, { i, count, plain, block })
    const rows = isCopied ? block : data
    const start = isCopied ? 0 : i * nColumns
    if (v) {
      scoreRows(rows, start, nColumns, { weights, offsets }, scores)
      encoded?.addScores(scores, i, count)
    } else scores.fill(0)
    for (let r = 0; r < count; r++) weigh(scores, r * nScores, i + r)
    scores.fill(0, count * nScores)
    if (!sum) continue
    addRows(rows, start, nColumns, scores, { slopes, offsetSlopes })
    encoded?.addRows(scores, i, count)
  }
  if (!sum) return
  for (let k = 0; k < nScores; k++) {
    if (hasIntercept) sum[k * length + X.nColumns] += offsetSlopes[k]
    for (let j = 0; j < nColumns; j++) {
      sum[k * length + places[j]] += slopes[k * nColumns + j] * factors[j]
    }
  }
  encoded?.finish(sum, offsetSlopes)
}

/** The scales of the columns that are written out. */
const scalesOf = ({ X, scales }: LogLossProblem, places: Int32Array): ColumnScales => {
  if (X instanceof Matrix) return scales
  return {
    shift: Float64Array.from(places, (j) => scales.shift[j]),
    factor: Float64Array.from(places, (j) => scales.factor[j]),
  }
}

interface CopiedRows {
  readonly i: number
  readonly count: number
  readonly plain: boolean
  readonly block: Float64Array
}

/** Rows from i on, scaled unless they are plain; what is left of the block becomes zero. */
const copyRows = (
  { data, nColumns }: Matrix,
  { shift, factor }: ColumnScales,
  { i, count, plain, block }: CopiedRows,
) => {
  block.fill(0)
  for (let r = 0; r < count; r++) {
    const from = (i + r) * nColumns
    const to = r * nColumns
    for (let j = 0; j < nColumns; j++) {
      const value = data[from + j]
      block[to + j] = plain ? value : (value - shift[j]) * factor[j]
    }
  }
}

/** The scores of four rows, for all sets of weights. */
const scoreRows = (
  rows: Float64Array,
  start: number,
  nColumns: number,
  { weights, offsets }: { readonly weights: Float64Array; readonly offsets: Float64Array },
  scores: Float64Array,
) => {
  const nScores = scores.length / together
  const a = start
  const b = a + nColumns
  const c = b + nColumns
  const d = c + nColumns
  for (let k = 0; k < nScores; k++) {
    const first = k * nColumns
    let za = offsets[k]
    let zb = offsets[k]
    let zc = offsets[k]
    let zd = offsets[k]
    for (let j = 0; j < nColumns; j++) {
      const weight = weights[first + j]
      za += weight * rows[a + j]
      zb += weight * rows[b + j]
      zc += weight * rows[c + j]
      zd += weight * rows[d + j]
    }
    scores[k] = za
    scores[nScores + k] = zb
    scores[2 * nScores + k] = zc
    scores[3 * nScores + k] = zd
  }
}

/** Adds four rows, times the number for each of them and each score. */
const addRows = (
  rows: Float64Array,
  start: number,
  nColumns: number,
  scores: Float64Array,
  { slopes, offsetSlopes }: { readonly slopes: Float64Array; readonly offsetSlopes: Float64Array },
) => {
  const nScores = scores.length / together
  const a = start
  const b = a + nColumns
  const c = b + nColumns
  const d = c + nColumns
  for (let k = 0; k < nScores; k++) {
    const first = k * nColumns
    const ea = scores[k]
    const eb = scores[nScores + k]
    const ec = scores[2 * nScores + k]
    const ed = scores[3 * nScores + k]
    offsetSlopes[k] += ea + eb + (ec + ed)
    for (let j = 0; j < nColumns; j++) {
      slopes[first + j] +=
        ea * rows[a + j] + eb * rows[b + j] + (ec * rows[c + j] + ed * rows[d + j])
    }
  }
}
