import { ModelError } from '../errors.ts'
import type { Matrix } from '../matrix.ts'

/**
 * Σᵢ wᵢ (yᵢ - intercept - coef·xᵢ)² + alpha ‖coef‖², to be minimised. Columns are centred by their weighted means, if there is
 * an intercept, and divided by their largest deviation, so that their units do not matter.
 */
export interface LeastSquaresProblem {
  readonly X: Matrix
  readonly y: Float64Array
  /** Undefined where all are 1. */
  readonly weights: Float64Array | undefined
  readonly alpha: number
  readonly mean: Float64Array
  readonly yMean: number
  /** What a centred column is multiplied by; 0 for a constant column, which gets no weight. */
  readonly factor: Float64Array
}

export function leastSquaresProblem(
  X: Matrix,
  y: Float64Array,
  weights: Float64Array | undefined,
  alpha: number,
  hasIntercept: boolean,
): LeastSquaresProblem {
  const target = new Float64Array(1)
  const mean = new Float64Array(X.nColumns)
  if (hasIntercept) {
    centre(X.data, weights, mean)
    centre(y, weights, target)
  }
  const factor = largestDeviations(X, weights, mean).map((largest, j) => {
    // What rounding makes of a constant is no deviation, and nothing can be divided by the smallest doubles.
    const isConstant = largest <= 4 * Number.EPSILON * Math.abs(mean[j])
    if (isConstant || 1 / largest === Number.POSITIVE_INFINITY) return 0
    if (Number.isFinite(largest)) return 1 / largest
    throw new ModelError(
      'invalid_data',
      `column ${j} of X has a deviation of ${largest} from its mean; expected smaller values`,
      { column: j },
    )
  })
  return { X, y, weights, alpha, mean, yMean: target[0], factor }
}

/** Weighted means in two passes: the second adds what the rounding of the first left over. */
function centre(data: Float64Array, weights: Float64Array | undefined, mean: Float64Array): void {
  const nColumns = mean.length
  const nRows = data.length / nColumns
  const total = weights?.reduce((sum, weight) => sum + weight, 0) ?? nRows
  for (let pass = 0; pass < 2; pass++) {
    const sum = new Float64Array(nColumns)
    for (let i = 0, at = 0; i < nRows; i++) {
      const share = (weights?.[i] ?? 1) / total
      for (let j = 0; j < nColumns; j++, at++) sum[j] += share * (data[at] - mean[j])
    }
    for (let j = 0; j < nColumns; j++) mean[j] += sum[j]
  }
}

function largestDeviations(
  { data, nRows, nColumns }: Matrix,
  weights: Float64Array | undefined,
  mean: Float64Array,
): Float64Array {
  const largest = new Float64Array(nColumns)
  for (let i = 0, at = 0; i < nRows; i++) {
    const counts = weights === undefined || weights[i] > 0
    for (let j = 0; j < nColumns; j++, at++) {
      const deviation = Math.abs(data[at] - mean[j])
      if (counts && deviation > largest[j]) largest[j] = deviation
    }
  }
  return largest
}

/**
 * Row i, centred, scaled and multiplied by the root of its weight, with the target after its columns.
 *
 * @param row is written, one longer than the row
 */
export function scaledRowOf(problem: LeastSquaresProblem, i: number, row: Float64Array): void {
  const { X, y, weights, mean, yMean, factor } = problem
  const { data, nColumns } = X
  const root = weights === undefined ? 1 : Math.sqrt(weights[i])
  const start = i * nColumns
  for (let j = 0; j < nColumns; j++) row[j] = root * ((data[start + j] - mean[j]) * factor[j])
  row[nColumns] = root * (y[i] - yMean)
}
