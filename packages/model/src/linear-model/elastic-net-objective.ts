import { type LeastSquaresProblem, scaledRowOf } from './least-squares-problem.ts'
import type { L1Objective } from './minimize-l1.ts'
import { addOuterProducts, atOnce } from './outer-products.ts'
import { normalEquations } from './solve-by-cholesky.ts'

interface ElasticNetObjective extends L1Objective {
  /** How far the objective, divided by the sum of the weights, may lie above its minimum. */
  readonly dualGap: (theta: Float64Array) => number
}

/** Of so many columns at most, all products are computed once. */
const mostColumns = 2000

/**
 * Half the squared errors, with a penalty as large as the sum of the weights of the rows makes it, over the weights of the
 * scaled columns.
 *
 * @param problem without a penalty of its own
 */
export function elasticNetObjective(
  problem: LeastSquaresProblem,
  alpha: number,
  l1Ratio: number,
): ElasticNetObjective {
  const { X, weights, factor } = problem
  const total = weights?.reduce((sum, weight) => sum + weight, 0) ?? X.nRows
  const squares = factor.map((value) => total * alpha * (1 - l1Ratio) * value * value)
  const penalties = factor.map((value) => (value === 0 ? 1 : total * alpha * l1Ratio * value))
  let gram: Float64Array | undefined
  const evaluate = (theta: Float64Array, gradient: Float64Array) => {
    let value = squaredErrors(problem, theta, gradient) / 2
    for (let j = 0; j < theta.length; j++) {
      value += (squares[j] * theta[j] * theta[j]) / 2
      gradient[j] += squares[j] * theta[j]
    }
    return value
  }
  return {
    penalties,
    evaluate,
    hessian: (_, places) => {
      const size = places.length
      if (X.nColumns > mostColumns) return withSquares(gramOf(problem, places), places, squares)
      gram ??= normalEquations(problem).gram
      const hessian = new Float64Array(size * size)
      for (const [a, j] of places.entries()) {
        for (let b = 0; b <= a; b++) hessian[a * size + b] = gram[j * X.nColumns + places[b]]
      }
      return withSquares(hessian, places, squares)
    },
    dualGap: (theta) => dualGapOf(problem, { theta, squares, penalties }) / total,
  }
}

function withSquares(
  hessian: Float64Array,
  places: readonly number[],
  squares: Float64Array,
): Float64Array {
  for (const [a, j] of places.entries()) hessian[a * places.length + a] += squares[j]
  return hessian
}

/** Σ (y - z·theta)² over the scaled rows, and half of its gradient. */
function squaredErrors(
  problem: LeastSquaresProblem,
  theta: Float64Array,
  gradient: Float64Array,
): number {
  const size = theta.length
  const row = new Float64Array(size + 1)
  gradient.fill(0)
  let sum = 0
  for (let i = 0; i < problem.X.nRows; i++) {
    scaledRowOf(problem, i, row)
    let residual = row[size]
    for (let j = 0; j < size; j++) residual -= row[j] * theta[j]
    for (let j = 0; j < size; j++) gradient[j] -= row[j] * residual
    sum += residual * residual
  }
  return sum
}

/** Products of some scaled columns. */
function gramOf(problem: LeastSquaresProblem, places: readonly number[]): Float64Array {
  const size = places.length
  const { nRows, nColumns } = problem.X
  const matrix = new Float64Array(size * size)
  const row = new Float64Array(nColumns + 1)
  const rows = new Float64Array(atOnce * size)
  const ones = new Float64Array(atOnce).fill(1)
  for (let i = 0; i < nRows; i += atOnce) {
    for (let r = 0; r < atOnce; r++) {
      if (i + r < nRows) scaledRowOf(problem, i + r, row)
      else row.fill(0)
      for (let a = 0; a < size; a++) rows[r * size + a] = row[places[a]]
    }
    addOuterProducts({ matrix, size, top: 0, left: 0 }, rows, ones)
  }
  return matrix
}

/**
 * The distance to a lower bound of the minimum: the residuals, made so small that they keep the bounds of the dual problem.
 *
 * Source: S.-J. Kim, K. Koh, M. Lustig, S. Boyd, D. Gorinevsky, "An interior-point method for large-scale l1-regularized
 * least squares", IEEE J. Sel. Top. Signal Process. 1, 2007.
 */
function dualGapOf(
  problem: LeastSquaresProblem,
  state: {
    readonly theta: Float64Array
    readonly squares: Float64Array
    readonly penalties: Float64Array
  },
): number {
  const { theta, squares, penalties } = state
  const slopes = new Float64Array(theta.length)
  const errors = squaredErrors(problem, theta, slopes)
  let share = 1
  let size = 0
  let ridge = 0
  let explained = 0
  for (let j = 0; j < theta.length; j++) {
    // Of the residuals beside those of the penalty's own rows, which stand for ½ squares · theta².
    const pull = Math.abs(slopes[j] + squares[j] * theta[j])
    if (pull > penalties[j]) share = Math.min(share, penalties[j] / pull)
    size += penalties[j] * Math.abs(theta[j])
    ridge += squares[j] * theta[j] * theta[j]
    explained -= slopes[j] * theta[j]
  }
  // Residuals times target are the squared errors and what the columns explain of the residuals.
  const byTarget = errors + explained
  return ((1 + share * share) * (errors + ridge)) / 2 + size - share * byTarget
}
