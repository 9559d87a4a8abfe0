import { choleskyFactor, choleskySolve } from '../arithmetic/cholesky.ts'
import type { LinearOperator } from '../arithmetic/conjugate-gradient.ts'
import { dot, dotOf } from '../arithmetic/dot.ts'
import { Matrix } from '../matrix.ts'
import { countScores, type LogLossProblem, scoreLength } from './log-loss-problem.ts'
import { penaltyOf } from './penalty-curvature.ts'
import { curvatureOfRow } from './row-curvature.ts'
import { passRows } from './row-pass.ts'

/** Columns that are multiplied together. */
const atOnce = 512

/** The products K = X·D⁻¹·Xᵀ of all rows with one another, where D is the penalty's curvature. */
export const gramOf = ({ X, scales }: LogLossProblem): Float64Array => {
  const { data, nRows, nColumns } = X instanceof Matrix ? X : X.toMatrix()
  const gram = new Float64Array(nRows * nRows)
  // Some columns of all rows at a time, which stay in the processor's cache.
  const rows = new Float64Array(nRows * Math.min(atOnce, nColumns))
  for (let first = 0; first < nColumns; first += atOnce) {
    const count = Math.min(atOnce, nColumns - first)
    // The penalty is on the weights of the unscaled columns, so K is made of them: D⁻¹ undoes their factors.
    for (let a = 0; a < nRows; a++) {
      for (let j = 0; j < count; j++) {
        rows[a * count + j] = data[a * nColumns + first + j] - scales.shift[first + j]
      }
    }
    for (let a = 0; a < nRows; a++) {
      for (let b = 0; b <= a; b++) {
        gram[a * nRows + b] += dotOf(rows, a * count, b * count, count)
      }
    }
  }
  return gram
}

/**
 * Multiplies with the inverse of the blocks on the Hessian's diagonal, by a matrix that has a row for
 * each row of the table. It is the smaller one where a table has more columns than rows.
 *
 * For one score with weights S of the rows, A = Xᵀ·S·X + D and T = (S⁻¹ + K)⁻¹:
 * A⁻¹ = D⁻¹ - D⁻¹·Xᵀ·T·X·D⁻¹, and with an intercept, whose column 1 has no penalty, the Schur
 * complement of A is 1ᵀ·T·1.
 *
 * @returns undefined where products of rows overflow
 *
 * Source: Rasmussen and Williams, Gaussian Processes for Machine Learning (2006), section 3.4, for T
 * by the factor of I + S^½·K·S^½, whose eigenvalues are at least 1.
 */
export const rowSpaceInverse = (
  problem: LogLossProblem,
  ofRows: Float64Array,
  gram: Float64Array,
): LinearOperator | undefined => {
  const { nRows, nColumns } = problem.X
  const nScores = countScores(problem)
  const length = scoreLength(problem)
  const solvers: RowSolver[] = []
  for (let k = 0; k < nScores; k++) {
    const solve = rowSolver(problem, ofRows, gram, k)
    if (!solve) return undefined
    const ones = solve(new Float64Array(nRows).fill(1))
    solvers.push({ solve, ones, schur: ones.reduce((sum, value) => sum + value, 0) || 1 })
  }
  return (r) => {
    const unpenalised = new Float64Array(r.length)
    for (let at = 0; at < r.length; at++) {
      if (at % length < nColumns) unpenalised[at] = r[at] / penaltyOf(problem, at % length)
    }
    const scores = solvers.map(() => new Float64Array(nRows))
    passRows(problem, unpenalised, undefined, (row, at, i) => {
      for (let k = 0; k < nScores; k++) scores[k][i] = row[at + k]
    })
    const intercepts = solvers.map(({ ones, schur }, k) =>
      problem.hasIntercept ? (r[k * length + nColumns] - dot(ones, scores[k])) / schur : 0,
    )
    const shares = solvers.map(({ solve, ones }, k) =>
      solve(scores[k]).map((value, i) => value + intercepts[k] * ones[i]),
    )
    const sum = new Float64Array(r.length)
    passRows(problem, undefined, sum, (row, at, i) => {
      for (let k = 0; k < nScores; k++) row[at + k] = shares[k][i]
    })
    for (let at = 0; at < r.length; at++) {
      const j = at % length
      sum[at] =
        j < nColumns ? (r[at] - sum[at]) / penaltyOf(problem, j) : intercepts[(at - j) / length]
    }
    return sum
  }
}

interface RowSolver {
  readonly solve: LinearOperator
  /** T·1. */
  readonly ones: Float64Array
  /** 1ᵀ·T·1. */
  readonly schur: number
}

/** Multiplies with T. */
const rowSolver = (
  problem: LogLossProblem,
  ofRows: Float64Array,
  gram: Float64Array,
  k: number,
): LinearOperator | undefined => {
  const { nRows } = problem.X
  const roots = new Float64Array(nRows)
  for (let i = 0; i < nRows; i++) roots[i] = Math.sqrt(curvatureOfRow(problem, ofRows, i, k))
  const factor = new Float64Array(nRows * nRows)
  for (let a = 0; a < nRows; a++) {
    for (let b = 0; b <= a; b++) {
      factor[a * nRows + b] = roots[a] * gram[a * nRows + b] * roots[b]
    }
    factor[a * nRows + a] += 1
  }
  if (!choleskyFactor(factor, nRows)) return undefined
  return (v) => {
    const x = v.map((value, i) => value * roots[i])
    choleskySolve(factor, nRows, x)
    return x.map((value, i) => value * roots[i])
  }
}
