import { median } from '../arithmetic/median.ts'
import { ModelError } from '../errors.ts'
import { checkSampleWeight } from '../linear-model/class-weights.ts'
import { toFiniteNumbers } from '../validation/check-numbers.ts'
import { checkPairs } from './check-pairs.ts'

/**
 * R², the coefficient of determination: 1 minus the squared errors as a share of the squared deviations of `yTrue` from its
 * mean. Where all of `yTrue` are the same, it is 1 for perfect predictions, else 0.
 *
 * @param sampleWeight a weight of at least 0 for each row
 * @throws {ModelError} `invalid_data` when there are fewer than two rows, not as many of both, or a value is no finite number
 *
 * Source: `sklearn.metrics.r2_score`.
 *
 * @example
 * r2Score([3, -0.5, 2, 7], [2.5, 0, 2, 8]) // 0.9486081370449679
 */
export function r2Score(
  yTrue: ArrayLike<number>,
  yPredicted: ArrayLike<number>,
  sampleWeight?: ArrayLike<number> | null | undefined,
): number {
  const { given, predicted, weights } = readPairs(yTrue, yPredicted, sampleWeight)
  if (given.length < 2) {
    throw new ModelError('invalid_data', 'yTrue has 1 row; expected at least two for R²')
  }
  const mean = weightedMean(given, weights)
  const errors = weightedMean(
    squares(given, (row) => predicted[row]),
    weights,
  )
  const deviations = weightedMean(
    squares(given, () => mean),
    weights,
  )
  if (deviations !== 0) return 1 - errors / deviations
  return errors === 0 ? 1 : 0
}

/**
 * The mean of the squared errors, in the square of the unit of `yTrue`.
 *
 * @param sampleWeight a weight of at least 0 for each row
 * @throws {ModelError} `invalid_data` when there is no row, not as many of both, or a value is no finite number
 *
 * @example
 * meanSquaredError([3, -0.5, 2, 7], [2.5, 0, 2, 8]) // 0.375
 */
export function meanSquaredError(
  yTrue: ArrayLike<number>,
  yPredicted: ArrayLike<number>,
  sampleWeight?: ArrayLike<number> | null | undefined,
): number {
  const { given, predicted, weights } = readPairs(yTrue, yPredicted, sampleWeight)
  return weightedMean(
    squares(given, (row) => predicted[row]),
    weights,
  )
}

/**
 * The root of the mean of the squared errors, in the unit of `yTrue`.
 *
 * @throws {ModelError} as {@link meanSquaredError} does
 *
 * @example
 * rootMeanSquaredError([0, 0], [3, -3]) // 3
 */
export function rootMeanSquaredError(
  yTrue: ArrayLike<number>,
  yPredicted: ArrayLike<number>,
  sampleWeight?: ArrayLike<number> | null | undefined,
): number {
  return Math.sqrt(meanSquaredError(yTrue, yPredicted, sampleWeight))
}

/**
 * The mean size of the errors, in the unit of `yTrue`.
 *
 * @throws {ModelError} as {@link meanSquaredError} does
 *
 * @example
 * meanAbsoluteError([3, -0.5, 2, 7], [2.5, 0, 2, 8]) // 0.5
 */
export function meanAbsoluteError(
  yTrue: ArrayLike<number>,
  yPredicted: ArrayLike<number>,
  sampleWeight?: ArrayLike<number> | null | undefined,
): number {
  const { given, predicted, weights } = readPairs(yTrue, yPredicted, sampleWeight)
  return weightedMean(sizes(given, predicted), weights)
}

/**
 * The median size of the errors, in the unit of `yTrue`: a few large ones do not matter.
 *
 * @throws {ModelError} `invalid_data` when there is no row, not as many of both, or a value is no finite number
 *
 * @example
 * medianAbsoluteError([3, -0.5, 2, 7], [2.5, 0, 2, 8]) // 0.5
 */
export function medianAbsoluteError(
  yTrue: ArrayLike<number>,
  yPredicted: ArrayLike<number>,
): number {
  const { given, predicted } = readPairs(yTrue, yPredicted, undefined)
  return median(sizes(given, predicted))
}

function readPairs(
  yTrue: ArrayLike<number>,
  yPredicted: ArrayLike<number>,
  sampleWeight: ArrayLike<number> | null | undefined,
) {
  const given = toFiniteNumbers(yTrue, 'yTrue')
  const predicted = toFiniteNumbers(yPredicted, 'yPredicted')
  checkPairs(given.length, predicted.length, 'yPredicted')
  if (sampleWeight === undefined || sampleWeight === null) {
    return { given, predicted, weights: undefined }
  }
  checkSampleWeight(sampleWeight, given.length)
  const weights = Float64Array.from(sampleWeight)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (total > 0 && Number.isFinite(total)) return { given, predicted, weights }
  throw new ModelError('invalid_data', `sampleWeight adds up to ${total}; expected a sum above 0`)
}

function squares(given: Float64Array, other: (row: number) => number): Float64Array {
  return given.map((value, row) => (value - other(row)) ** 2)
}

function sizes(given: Float64Array, predicted: Float64Array): Float64Array {
  return given.map((value, row) => Math.abs(value - predicted[row]))
}

function weightedMean(values: Float64Array, weights: Float64Array | undefined): number {
  let sum = 0
  let total = 0
  for (let row = 0; row < values.length; row++) {
    const weight = weights?.[row] ?? 1
    sum += weight * values[row]
    total += weight
  }
  return sum / total
}
