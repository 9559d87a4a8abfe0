import type { EncodedMatrix } from '../encoded-matrix.ts'
import { countScores, type LogLossProblem, scoreLength } from './log-loss-problem.ts'

/** The part of a pass over the rows that encoded columns have: for each of them one weight is looked up. */
export interface EncodedPass {
  /** Adds to the scores of `count` rows from row i on. */
  readonly addScores: (scores: Float64Array, i: number, count: number) => void
  /** Sums up `count` rows from row i on, times the number for each of them and each score. */
  readonly addRows: (scores: Float64Array, i: number, count: number) => void
  /** Adds what was summed up. @param totals the sum of those numbers for each score */
  readonly finish: (sum: Float64Array, totals: Float64Array) => void
}

/** @param v weights of the scaled columns, as `passRows` takes them */
export const encodedPass = (
  problem: LogLossProblem,
  { codes, nEncoded, nColumns, places }: EncodedMatrix,
  v: Float64Array | undefined,
): EncodedPass => {
  const { shift, factor } = problem.scales
  const nScores = countScores(problem)
  const length = scoreLength(problem)
  // Behind the weights of each score is one of 0, for rows in which no column of an encoding is 1.
  const stride = nColumns + 1
  const weights = new Float64Array(nScores * stride)
  const slopes = new Float64Array(nScores * stride)
  const isEncoded = new Uint8Array(nColumns).fill(1)
  for (const place of places) isEncoded[place] = 0
  const offsets = new Float64Array(nScores)
  for (let k = 0; v && k < nScores; k++) {
    for (let j = 0; j < nColumns; j++) {
      if (!isEncoded[j]) continue
      weights[k * stride + j] = v[k * length + j] * factor[j]
      offsets[k] -= weights[k * stride + j] * shift[j]
    }
  }
  return {
    addScores: (scores, i, count) => {
      for (let r = 0, g = i * nEncoded; r < count; r++, g += nEncoded) {
        for (let k = 0; k < nScores; k++) {
          let z = offsets[k]
          for (let e = 0; e < nEncoded; e++) z += weights[k * stride + codes[g + e]]
          scores[r * nScores + k] += z
        }
      }
    },
    addRows: (scores, i, count) => {
      for (let r = 0, g = i * nEncoded; r < count; r++, g += nEncoded) {
        for (let k = 0; k < nScores; k++) {
          const error = scores[r * nScores + k]
          for (let e = 0; e < nEncoded; e++) slopes[k * stride + codes[g + e]] += error
        }
      }
    },
    finish: (sum, totals) => {
      for (let k = 0; k < nScores; k++) {
        for (let j = 0; j < nColumns; j++) {
          if (!isEncoded[j]) continue
          sum[k * length + j] += (slopes[k * stride + j] - shift[j] * totals[k]) * factor[j]
        }
      }
    },
  }
}
