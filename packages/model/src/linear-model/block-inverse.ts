import { factorScaled, solveScaled } from '../arithmetic/cholesky.ts'
import type { LinearOperator } from '../arithmetic/conjugate-gradient.ts'
import { countScores, type LogLossProblem, scoreLength } from './log-loss-problem.ts'
import { addOuterProducts, atOnce } from './outer-products.ts'
import { penaltyOf } from './penalty-curvature.ts'
import { curvatureOfRow } from './row-curvature.ts'
import { scaleRow } from './scaled-row.ts'

/**
 * Multiplies with the inverse of the blocks on the Hessian's diagonal, one a score.
 *
 * @param sampled from about so many rows
 */
export const blockInverse = (
  problem: LogLossProblem,
  ofRows: Float64Array,
  sampled: number,
): LinearOperator => {
  const length = scoreLength(problem)
  const factors = Array.from({ length: countScores(problem) }, (_, k) => {
    const matrix = blockOf(problem, ofRows, k, sampled)
    for (let j = 0; j < length; j++) matrix[j * length + j] += penaltyOf(problem, j)
    return factorScaled(matrix, length)
  })
  return (r) => {
    const x = Float64Array.from(r)
    for (const [k, factor] of factors.entries()) {
      solveScaled(factor, x.subarray(k * length, (k + 1) * length))
    }
    return x
  }
}

/**
 * The block of score k, from about so many rows: each is taken as often as its weight asks for, and
 * one whose weight asks for more than once is taken once as it is.
 */
const blockOf = (problem: LogLossProblem, ofRows: Float64Array, k: number, sampled: number) => {
  const length = scoreLength(problem)
  const { nRows } = problem.X
  const matrix = new Float64Array(length * length)
  const rows = new Float64Array(atOnce * length)
  const weights = new Float64Array(atOnce)
  const all = new Float64Array(nRows)
  let total = 0
  for (let i = 0; i < nRows; i++) {
    all[i] = curvatureOfRow(problem, ofRows, i, k)
    total += all[i]
  }
  const once = total / sampled
  let due = 0
  let count = 0
  for (let i = 0; i < nRows; i++) {
    const isSure = sampled === nRows || all[i] >= once
    if (!isSure) due += all[i]
    if (!isSure && due < once) continue
    if (!isSure) due -= once
    scaleRow(problem, i, rows, count * length)
    weights[count] = isSure ? all[i] : once
    count++
    if (count < atOnce) continue
    addOuterProducts({ matrix, size: length, top: 0, left: 0 }, rows, weights)
    count = 0
  }
  weights.fill(0, count)
  addOuterProducts({ matrix, size: length, top: 0, left: 0 }, rows, weights)
  return matrix
}
