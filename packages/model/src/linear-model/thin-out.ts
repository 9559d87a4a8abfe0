import { Matrix } from '../matrix.ts'
import { takeRows } from '../model-selection/take-rows.ts'
import type { LogLossProblem } from './log-loss-problem.ts'

/** One row in so many is kept. */
const oneIn = 32
/** A sample with fewer rows for each parameter knows too little of the curvature. */
const leastPerParameter = 40

const goldenRatio = 0.6180339887498949

/**
 * A problem with fewer rows that stand for all: chosen evenly and without a period (multiples of the
 * golden ratio), their weights raised to the same sum. It shares the columns' scales and the penalty,
 * so its parameters mean the same.
 *
 * @returns undefined where the table is too short to be thinned out
 */
export const thinOut = (
  problem: LogLossProblem,
  nParameters: number,
): LogLossProblem | undefined => {
  const { X, codes, rowWeights } = problem
  const nRows = Math.floor(X.nRows / oneIn)
  if (nRows < leastPerParameter * nParameters) return undefined
  const chosen = Float64Array.from({ length: nRows }, (_, i) =>
    Math.floor(((i * goldenRatio) % 1) * X.nRows),
  )
  const share = X.nRows / nRows
  return {
    ...problem,
    X: X instanceof Matrix ? takeRows(X, chosen) : X.takeRows(chosen),
    codes: Uint32Array.from(chosen, (i) => codes[i]),
    rowWeights: Float64Array.from(chosen, (i) => rowWeights[i] * share),
  }
}
