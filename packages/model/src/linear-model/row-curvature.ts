import { fastExp } from '../arithmetic/exp.ts'
import { countScores, type LogLossProblem } from './log-loss-problem.ts'
import { passRows } from './row-pass.ts'
import { complement, largestOf, softmaxInPlace } from './softmax.ts'

/**
 * What the Hessian takes from each row: for two classes s·p(1 - p) of row i at i, else the
 * probabilities of its classes from i · nClasses on.
 */
export const rowCurvature = (problem: LogLossProblem, theta: Float64Array): Float64Array => {
  const nScores = countScores(problem)
  const rows = new Float64Array(problem.X.nRows * nScores)
  passRows(problem, theta, undefined, (scores, at, i) => {
    if (nScores === 1) {
      // p(1 - p) by the exponential of a negative number: neither factor loses its digits near 0.
      const small = fastExp(-Math.abs(scores[at]))
      rows[i] = (problem.rowWeights[i] * small) / ((1 + small) * (1 + small))
      return
    }
    softmaxInPlace(scores, at, nScores, largestOf(scores, at, nScores))
    for (let k = 0; k < nScores; k++) rows[i * nScores + k] = scores[at + k]
  })
  return rows
}

/** The weight s · pₖ(1 - pₖ) of row i for the score k. */
export const curvatureOfRow = (
  problem: LogLossProblem,
  rows: Float64Array,
  i: number,
  k: number,
): number => {
  if (problem.nClasses === 2) return rows[i]
  const at = i * problem.nClasses
  return problem.rowWeights[i] * rows[at + k] * complement(rows, at, problem.nClasses, k)
}
