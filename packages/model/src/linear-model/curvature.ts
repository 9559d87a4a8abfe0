import { countScores, type LogLossProblem, scoreLength } from './log-loss-problem.ts'
import { addOuterProducts, atOnce } from './outer-products.ts'
import { curvatureOfRow, rowCurvature } from './row-curvature.ts'
import { scaleRow } from './scaled-row.ts'

/**
 * The Hessian of the objective at `theta`.
 *
 * For a row x with probabilities p and weight s, the block of scores k and l is
 * s · pₖ(δₖₗ - pₗ) · x·xᵀ.
 *
 * @returns size × size doubles, row after row, of which only the lower triangle is filled in
 */
export const curvature = (problem: LogLossProblem, theta: Float64Array): Float64Array => {
  const nScores = countScores(problem)
  const length = scoreLength(problem)
  const size = nScores * length
  const hessian = new Float64Array(size * size)
  const ofRows = rowCurvature(problem, theta)
  const rows = new Float64Array(atOnce * length)
  const weights = new Float64Array(atOnce)
  const weightOf = (i: number, k: number, l: number) =>
    k === l
      ? curvatureOfRow(problem, ofRows, i, k)
      : -problem.rowWeights[i] * ofRows[i * nScores + k] * ofRows[i * nScores + l]
  for (let i = 0; i < problem.X.nRows; i += atOnce) {
    const count = Math.min(atOnce, problem.X.nRows - i)
    for (let r = 0; r < count; r++) scaleRow(problem, i + r, rows, r * length)
    if (count < atOnce) rows.fill(0, count * length)
    for (let k = 0; k < nScores; k++) {
      for (let l = 0; l <= k; l++) {
        for (let r = 0; r < atOnce; r++) weights[r] = r < count ? weightOf(i + r, k, l) : 0
        const block = { matrix: hessian, size, top: k * length, left: l * length }
        addOuterProducts(block, rows, weights)
      }
    }
  }
  addPenalty(problem, hessian, size)
  if (nScores > 1) holdShift(problem, hessian, size)
  return hessian
}

const addPenalty = (problem: LogLossProblem, hessian: Float64Array, size: number) => {
  if (problem.penalty === 0) return
  const { factor } = problem.scales
  const length = scoreLength(problem)
  for (let start = 0; start < size; start += length) {
    for (let j = 0; j < factor.length; j++) {
      hessian[(start + j) * size + start + j] += factor[j] * factor[j]
    }
  }
}

/**
 * The same number added to a parameter of every class changes no probability. In that direction the
 * loss is flat, and the gradient is zero where parameters have a sum of zero, so any curvature may be
 * put there: the step then has no part in it, and parameters keep that sum. A weak penalty alone
 * would leave the direction to rounding.
 */
const holdShift = (problem: LogLossProblem, hessian: Float64Array, size: number) => {
  const length = scoreLength(problem)
  for (let j = 0; j < length; j++) {
    let stiffness = Number.POSITIVE_INFINITY
    for (let a = j; a < size; a += length)
      stiffness = Math.min(stiffness, hessian[a * size + a] || 1)
    for (let a = j; a < size; a += length) {
      for (let b = j; b <= a; b += length) hessian[a * size + b] += stiffness
    }
  }
}
