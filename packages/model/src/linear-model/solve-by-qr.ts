import { appendRows } from '../arithmetic/append-rows.ts'
import { dot } from '../arithmetic/dot.ts'
import { leastNorm } from './least-norm.ts'
import { type LeastSquaresProblem, scaledRowOf } from './least-squares-problem.ts'

/** The weights of the scaled columns, and how many independent columns there are. */
export interface LeastSquaresSolution {
  readonly solver: 'cholesky' | 'qr' | 'svd'
  readonly rank: number
  readonly weights: Float64Array
}

const BLOCK = 256

/**
 * Solves by a QR factorization, which takes the rows in blocks and keeps the triangular factor only. Where columns depend on
 * each other, the solution of least norm is taken among all that are as good.
 *
 * Source: Golub and Van Loan, Matrix Computations (4th ed.), sections 5.3 and 5.5.
 */
export function solveByQr(problem: LeastSquaresProblem): LeastSquaresSolution {
  const size = problem.X.nColumns
  const r = triangularFactor(problem)
  // Columns of length 1, so that the rank does not depend on units.
  const lengths = columnLengths(r, size)
  const rows = Array.from({ length: size }, (_, i) =>
    Float64Array.from({ length: size }, (_, j) => r[i * (size + 1) + j] / lengths[j]),
  )
  const right = Float64Array.from({ length: size }, (_, i) => r[i * (size + 1) + size])
  const smallest = tolerance(problem)
  if (smallestSingularValue(rows) > smallest) {
    const weights = backSubstitute(rows, right).map((value, j) => value / lengths[j])
    return { solver: 'qr', rank: size, weights }
  }
  const { rank, weights } = leastNorm(rows, right, smallest, lengths, problem.factor)
  return { solver: 'svd', rank, weights }
}

/** Singular values below this share of the largest are rounding. */
export function tolerance({ X }: LeastSquaresProblem): number {
  return 8 * Number.EPSILON * Math.max(X.nColumns, Math.sqrt(X.nRows))
}

/** R of all scaled rows, with the rows √alpha · factorⱼ of the penalty; the target is the last column. */
function triangularFactor(problem: LeastSquaresProblem): Float64Array {
  const { X, alpha, factor } = problem
  const size = X.nColumns + 1
  const r = new Float64Array(size * size)
  const row = new Float64Array(size)
  for (let start = 0; start < X.nRows; start += BLOCK) {
    const nRows = Math.min(BLOCK, X.nRows - start)
    const block = new Float64Array(size * nRows)
    for (let i = 0; i < nRows; i++) {
      scaledRowOf(problem, start + i, row)
      for (let j = 0; j < size; j++) block[j * nRows + i] = row[j]
    }
    appendRows(r, size, block, nRows)
  }
  for (let start = 0; alpha > 0 && start < X.nColumns; start += BLOCK) {
    const nRows = Math.min(BLOCK, X.nColumns - start)
    const block = new Float64Array(size * nRows)
    for (let i = 0; i < nRows; i++) {
      block[(start + i) * nRows + i] = Math.sqrt(alpha) * factor[start + i]
    }
    appendRows(r, size, block, nRows)
  }
  return r
}

function columnLengths(r: Float64Array, size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, j) => {
    let sum = 0
    for (let i = 0; i <= j; i++) sum += r[i * (size + 1) + j] ** 2
    return Math.sqrt(sum) || 1
  })
}

/** An estimate by inverse iteration, from above: 0 for a matrix that is singular as it stands. */
function smallestSingularValue(rows: readonly Float64Array[]): number {
  if (rows.some((row, i) => row[i] === 0)) return 0
  let vector: Float64Array = Float64Array.from(rows, (_, i) => 1 + i / rows.length)
  let growth = 0
  for (let step = 0; step < 4; step++) {
    const length = lengthOf(vector)
    if (!Number.isFinite(length)) return 0
    vector = backSubstitute(
      rows,
      forwardSubstitute(
        rows,
        vector.map((value) => value / length),
      ),
    )
    growth = lengthOf(vector)
  }
  return 1 / Math.sqrt(growth)
}

function backSubstitute(rows: readonly Float64Array[], right: Float64Array): Float64Array {
  const solution = right.slice()
  for (let i = rows.length - 1; i >= 0; i--) {
    let sum = solution[i]
    for (let j = i + 1; j < rows.length; j++) sum -= rows[i][j] * solution[j]
    solution[i] = sum / rows[i][i]
  }
  return solution
}

/** Solves with the transposed triangle. */
function forwardSubstitute(rows: readonly Float64Array[], right: Float64Array): Float64Array {
  const solution = right.slice()
  for (let i = 0; i < rows.length; i++) {
    solution[i] /= rows[i][i]
    for (let j = i + 1; j < rows.length; j++) solution[j] -= rows[i][j] * solution[i]
  }
  return solution
}

const lengthOf = (vector: Float64Array) => Math.sqrt(dot(vector, vector))
