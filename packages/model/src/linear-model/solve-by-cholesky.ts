import { choleskyFactor, choleskySolve } from '../arithmetic/cholesky.ts'
import { type LeastSquaresProblem, scaledRowOf } from './least-squares-problem.ts'
import { addOuterProducts, atOnce } from './outer-products.ts'

/** Below this share of a column that no other column explains, the squared condition number costs too many digits. */
const SMALLEST_PIVOT = 1e-4
const MAX_STEPS = 5
/** Sums of so many rows are added to the others at once, which loses fewer digits than row by row. */
const BLOCK = 512

/**
 * Solves the normal equations, whose matrix takes one pass over the rows and little memory, and repairs the solution by
 * steps on its residuals.
 *
 * @returns the weights of the scaled columns; undefined where the columns are too nearly dependent for it
 *
 * Source: Å. Björck, "Stability analysis of the method of seminormal equations for linear least squares problems", Linear
 * Algebra and its Applications 88/89, 1987.
 */
export function solveByCholesky(problem: LeastSquaresProblem): Float64Array | undefined {
  const size = problem.X.nColumns
  const { gram, right } = normalEquations(problem)
  const scale = new Float64Array(size)
  for (let j = 0; j < size; j++) {
    gram[j * size + j] += problem.alpha * problem.factor[j] * problem.factor[j]
    // A constant column has zeros only: its weight becomes 0.
    if (problem.factor[j] === 0) gram[j * size + j] = 1
    scale[j] = 1 / Math.sqrt(gram[j * size + j])
  }
  for (let j = 0; j < size; j++) {
    for (let k = 0; k <= j; k++) gram[j * size + k] *= scale[j] * scale[k]
  }
  if (!choleskyFactor(gram, size)) return undefined
  for (let j = 0; j < size; j++) {
    if (!(gram[j * size + j] > SMALLEST_PIVOT)) return undefined
  }
  return refine(problem, gram, scale, right)
}

/** Steps until they are no more than rounding. Steps that do not become smaller show that the factor is of no use. */
function refine(
  problem: LeastSquaresProblem,
  factor: Float64Array,
  scale: Float64Array,
  right: Float64Array,
): Float64Array | undefined {
  const solution = new Float64Array(scale.length)
  let step = right
  let previous = Number.POSITIVE_INFINITY
  for (let count = 0; count <= MAX_STEPS; count++) {
    for (let j = 0; j < step.length; j++) step[j] *= scale[j]
    choleskySolve(factor, scale.length, step)
    let length = 0
    let whole = 0
    for (let j = 0; j < step.length; j++) {
      length += step[j] * step[j]
      solution[j] += step[j] * scale[j]
      whole += (solution[j] / scale[j]) ** 2
    }
    if (!Number.isFinite(length)) return undefined
    if (count > 1 && length > previous / 100) {
      return length <= 1e-24 * whole ? solution : undefined
    }
    // The next step would be smaller in the same ratio.
    if (count > 0 && length * (length / previous) <= 1e-33 * whole) return solution
    previous = length
    step = residualGradient(problem, solution)
  }
  return solution
}

/** Lower triangle of ZᵀZ, and Zᵀ times the target, for the scaled rows Z. */
export function normalEquations(problem: LeastSquaresProblem): {
  gram: Float64Array
  right: Float64Array
} {
  const { nColumns: size, nRows } = problem.X
  const width = size + 1
  const sum = new Float64Array(width * width)
  const part = new Float64Array(width * width)
  const rows = new Float64Array(atOnce * width)
  const ones = new Float64Array(atOnce).fill(1)
  for (let i = 0; i < nRows; i += atOnce) {
    for (let k = 0; k < atOnce; k++) {
      const row = rows.subarray(k * width, (k + 1) * width)
      if (i + k < nRows) scaledRowOf(problem, i + k, row)
      else row.fill(0)
    }
    addOuterProducts({ matrix: part, size: width, top: 0, left: 0 }, rows, ones)
    if (i % BLOCK === 0) addAndClear(sum, part)
  }
  addAndClear(sum, part)
  const gram = new Float64Array(size * size)
  for (let j = 0; j < size; j++) gram.set(sum.subarray(j * width, j * width + size), j * size)
  return { gram, right: sum.slice(size * width, size * width + size) }
}

/** Half of the gradient of the objective, with its sign turned. */
function residualGradient(problem: LeastSquaresProblem, solution: Float64Array): Float64Array {
  const size = solution.length
  const row = new Float64Array(size + 1)
  const gradient = new Float64Array(size)
  const part = new Float64Array(size)
  const { nRows } = problem.X
  for (let i = 0; i < nRows; i++) {
    scaledRowOf(problem, i, row)
    let residual = row[size]
    for (let j = 0; j < size; j++) residual -= row[j] * solution[j]
    for (let j = 0; j < size; j++) part[j] += row[j] * residual
    if ((i + 1) % BLOCK === 0 || i + 1 === nRows) addAndClear(gradient, part)
  }
  const { alpha, factor } = problem
  for (let j = 0; j < size; j++) gradient[j] -= alpha * factor[j] * factor[j] * solution[j]
  return gradient
}

function addAndClear(sum: Float64Array, part: Float64Array): void {
  for (let i = 0; i < sum.length; i++) sum[i] += part[i]
  part.fill(0)
}
