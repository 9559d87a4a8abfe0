import { choleskyFactor, choleskySolve } from '../arithmetic/cholesky.ts'
import { dot } from '../arithmetic/dot.ts'
import { orthogonalizeRows } from '../arithmetic/orthogonal-rows.ts'
import { leastNorm } from './least-norm.ts'
import { type LeastSquaresProblem, scaledRowOf } from './least-squares-problem.ts'
import { type LeastSquaresSolution, tolerance } from './solve-by-qr.ts'

/**
 * Solves a problem with more columns than rows, by work on matrices as large as the rows are many. Without a penalty the
 * solution of least norm is taken.
 *
 * Source: Golub and Van Loan, Matrix Computations (4th ed.), section 5.6; for the penalty Saunders, Gammerman and Vovk, "Ridge
 * regression learning algorithm in dual variables", ICML 1998.
 */
export function solveWide(problem: LeastSquaresProblem): LeastSquaresSolution {
  const { X, alpha, factor } = problem
  const row = new Float64Array(X.nColumns + 1)
  const right = new Float64Array(X.nRows)
  const rows = Array.from({ length: X.nRows }, (_, i) => {
    scaledRowOf(problem, i, row)
    right[i] = row[X.nColumns]
    return row.slice(0, X.nColumns)
  })
  if (alpha === 0) {
    const ones = new Float64Array(X.nColumns).fill(1)
    return { solver: 'svd', ...leastNorm(rows, right, tolerance(problem), ones, factor) }
  }
  // The penalty is on the coefficients, so the columns keep their units.
  for (const values of rows) {
    for (let j = 0; j < values.length; j++) if (factor[j] !== 0) values[j] /= factor[j]
  }
  const rank = factor.filter((value) => value !== 0).length
  const byCholesky = dualWeights(rows, right, alpha)
  if (byCholesky !== undefined) {
    const weights = toScaled(combine(rows, byCholesky), factor)
    return { solver: 'cholesky', rank, weights }
  }
  const { singularValues, rightSide } = orthogonalizeRows(rows, right)
  const shares = rightSide.map((value, i) => value / (singularValues[i] ** 2 + alpha))
  return { solver: 'svd', rank, weights: toScaled(combine(rows, shares), factor) }
}

/** Solves (rows·rowsᵀ + alpha)·a = right; undefined where that matrix is too nearly singular. */
function dualWeights(
  rows: readonly Float64Array[],
  right: Float64Array,
  alpha: number,
): Float64Array | undefined {
  const size = rows.length
  const gram = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) gram[i * size + j] = dot(rows[i], rows[j])
    gram[i * size + i] += alpha
  }
  const largest = rows.reduce((most, _, i) => Math.max(most, gram[i * size + i]), 0)
  if (!(largest < Number.POSITIVE_INFINITY) || !choleskyFactor(gram, size)) return undefined
  const smallest = rows.reduce((least, _, i) => Math.min(least, gram[i * size + i]), largest)
  if (smallest * smallest < 1e-8 * largest) return undefined
  const solution = new Float64Array(size)
  let residual = right.slice()
  for (let step = 0; step < 3; step++) {
    choleskySolve(gram, size, residual)
    for (let i = 0; i < size; i++) solution[i] += residual[i]
    const weights = combine(rows, solution)
    residual = right.map((value, i) => value - dot(rows[i], weights) - alpha * solution[i])
  }
  return solution
}

/** The sum of the rows, each times its share. */
function combine(rows: readonly Float64Array[], shares: Float64Array): Float64Array {
  const sum = new Float64Array(rows[0]?.length ?? 0)
  for (const [i, row] of rows.entries()) {
    for (let j = 0; j < sum.length; j++) sum[j] += shares[i] * row[j]
  }
  return sum
}

/** The weights of scaled columns that are the same as some coefficients. */
function toScaled(coef: Float64Array, factor: Float64Array): Float64Array {
  return coef.map((value, j) => (factor[j] === 0 ? 0 : value / factor[j]))
}
