import { evaluate } from './log-loss.ts'
import { countScores, type LogLossProblem, scoreLength } from './log-loss-problem.ts'
import type { L1Objective } from './minimize-l1.ts'
import { addOuterProducts, atOnce } from './outer-products.ts'
import { rowCurvature } from './row-curvature.ts'
import { scaleRow } from './scaled-row.ts'

/**
 * The log-loss with the penalty l1Ratio · ‖coef‖₁ + ½ (1 - l1Ratio) ‖coef‖² on the unscaled weights.
 *
 * @param problem without a penalty of its own
 */
export function logLossL1(problem: LogLossProblem, l1Ratio: number): L1Objective {
  const { factor } = problem.scales
  const length = scoreLength(problem)
  const size = countScores(problem) * length
  const factorOf = (at: number) => factor[at % length] ?? 0
  const squares = Float64Array.from({ length: size }, (_, at) => (1 - l1Ratio) * factorOf(at) ** 2)
  return {
    penalties: Float64Array.from({ length: size }, (_, at) => l1Ratio * factorOf(at)),
    evaluate: (theta, gradient) => {
      let value = evaluate(problem, theta, gradient)
      for (let at = 0; at < size; at++) {
        value += (squares[at] * theta[at] * theta[at]) / 2
        gradient[at] += squares[at] * theta[at]
      }
      return value
    },
    hessian: (theta, places) => {
      const hessian = lossCurvature(problem, theta, places)
      for (const [a, at] of places.entries()) hessian[a * places.length + a] += squares[at]
      return hessian
    },
  }
}

/**
 * The Hessian of the loss among some parameters, in ascending order: for probabilities p of a row x with weight s,
 * Σ s · (diag(p) - p·pᵀ) ⊗ x·xᵀ.
 */
export function lossCurvature(
  problem: LogLossProblem,
  theta: Float64Array,
  places: readonly number[],
): Float64Array {
  const nScores = countScores(problem)
  const length = scoreLength(problem)
  const size = places.length
  const matrix = new Float64Array(size * size)
  const ofRows = rowCurvature(problem, theta)
  const row = new Float64Array(length)
  const rows = new Float64Array(atOnce * size)
  const rowsOfScore = Array.from({ length: nScores }, (_, k) => {
    const top = places.findIndex((at) => at >= k * length)
    const first = top === -1 ? size : top
    const after = places.findIndex((at) => at >= (k + 1) * length)
    const count = (after === -1 ? size : after) - first
    return { top: first, count, rows: new Float64Array(atOnce * count) }
  })
  const weights = new Float64Array(atOnce)
  const block = { matrix, size, top: 0, left: 0 }
  for (let i = 0; i < problem.X.nRows; i += atOnce) {
    const there = Math.min(atOnce, problem.X.nRows - i)
    for (let r = 0; r < atOnce; r++) {
      if (r < there) scaleRow(problem, i + r, row, 0)
      else row.fill(0)
      for (let a = 0; a < size; a++) rows[r * size + a] = row[places[a] % length]
    }
    if (nScores === 1) {
      for (let r = 0; r < atOnce; r++) weights[r] = r < there ? ofRows[i + r] : 0
      addOuterProducts(block, rows, weights)
      continue
    }
    for (const [k, own] of rowsOfScore.entries()) {
      for (let r = 0; r < atOnce; r++) {
        const probability = r < there ? ofRows[(i + r) * nScores + k] : 0
        weights[r] = r < there ? problem.rowWeights[i + r] * probability : 0
        for (let a = 0; a < own.count; a++) {
          own.rows[r * own.count + a] = rows[r * size + own.top + a]
          rows[r * size + own.top + a] *= probability
        }
      }
      if (own.count > 0) {
        addOuterProducts({ matrix, size, top: own.top, left: own.top }, own.rows, weights)
      }
    }
    for (let r = 0; r < atOnce; r++) weights[r] = r < there ? -problem.rowWeights[i + r] : 0
    addOuterProducts(block, rows, weights)
  }
  return matrix
}
