import type { EncodedMatrix } from '../encoded-matrix.ts'
import { checkFinite, Matrix } from '../matrix.ts'

/** How each column is shifted and stretched while a model is fitted: (x - shift) · factor. */
export interface ColumnScales {
  readonly shift: Float64Array
  readonly factor: Float64Array
}

/** Newton's method needs no centred columns, but one that lies so many deviations away from zero
 * would lose its last digits. */
const farAway = 100
/** A smaller deviation, beside the distance from zero, is nothing but rounding. */
const roundingOnly = 1e-13
/** The penalty has the square of a factor, which is still to be a double. */
const largestFactor = 1e150

/**
 * Finds for each column the factor that gives it a standard deviation of 1 (a root mean square of 1
 * where the fit has no intercept to take up a shift), and, for a column far away from zero, its mean
 * as a shift. A constant column becomes 0 by its shift, and keeps a factor of 1.
 *
 * @throws {ModelError} `invalid_data` at a value that is not finite, with its row and column
 */
export const columnScales = (X: Matrix | EncodedMatrix, hasIntercept: boolean): ColumnScales =>
  X instanceof Matrix ? scalesOf(X, hasIntercept) : encodedScales(X, hasIntercept)

const scalesOf = (X: Matrix, hasIntercept: boolean): ColumnScales => {
  const ones = new Float64Array(X.nColumns).fill(1)
  const moments = momentsOf(X, ones, hasIntercept)
  if (moments.every(isFinitePair)) return toScales(moments, hasIntercept)
  checkFinite(X)
  return toScales(momentsOf(X, unitsOf(X), hasIntercept), hasIntercept)
}

/** The columns of an encoding are 0 or 1, so that counts are all there is to know. */
const encodedScales = (X: EncodedMatrix, hasIntercept: boolean): ColumnScales => {
  const { numbers, places, codes, nRows, nColumns } = X
  const counts = new Float64Array(nColumns + 1)
  for (let g = 0; g < codes.length; g++) counts[codes[g]]++
  const moments = Array.from(counts.subarray(0, nColumns), (count): Moments => {
    const mean = count / nRows
    return { mean, deviation: Math.sqrt(hasIntercept ? mean * (1 - mean) : mean) }
  })
  const scales = toScales(moments, hasIntercept)
  const ofNumbers = scalesOf(numbers, hasIntercept)
  for (const [j, place] of places.entries()) {
    scales.shift[place] = ofNumbers.shift[j]
    scales.factor[place] = ofNumbers.factor[j]
  }
  return scales
}

/** A column's mean, and its deviation from that, or from zero where there is no intercept. */
type Moments = { readonly mean: number; readonly deviation: number }

const isFinitePair = ({ mean, deviation }: Moments) =>
  Number.isFinite(mean) && Number.isFinite(deviation)

const toScales = (moments: readonly Moments[], hasIntercept: boolean): ColumnScales => {
  const shift = new Float64Array(moments.length)
  const factor = new Float64Array(moments.length).fill(1)
  for (const [j, { mean, deviation }] of moments.entries()) {
    const isConstant = deviation <= roundingOnly * Math.abs(mean)
    if (hasIntercept && (isConstant || Math.abs(mean) > farAway * deviation)) shift[j] = mean
    if (!isConstant && Number.isFinite(1 / deviation)) {
      factor[j] = Math.min(1 / deviation, largestFactor)
    }
  }
  return { shift, factor }
}

/**
 * All moments in one pass over the table. Distances are taken from the first row (from zero if they
 * are not to be centred), which is near enough to keep the digits of a column far away from zero.
 *
 * @param units sums are of values times these, so that they do not overflow
 */
const momentsOf = (X: Matrix, units: Float64Array, isCentred: boolean): Moments[] => {
  const { data, nRows, nColumns } = X
  const origin = new Float64Array(nColumns)
  if (isCentred) for (let j = 0; j < nColumns; j++) origin[j] = data[j] * units[j]
  const sums = new Float64Array(nColumns)
  const squares = new Float64Array(nColumns)
  for (let i = 0, at = 0; i < nRows; i++) {
    for (let j = 0; j < nColumns; j++, at++) {
      const distance = data[at] * units[j] - origin[j]
      sums[j] += distance
      squares[j] += distance * distance
    }
  }
  return Array.from(sums, (sum, j) => {
    const distance = sum / nRows
    const square = squares[j] / nRows - (isCentred ? distance * distance : 0)
    return {
      mean: (origin[j] + distance) / units[j],
      deviation: Math.sqrt(Math.max(square, 0)) / units[j],
    }
  })
}

/** For each column one over its largest value. */
const unitsOf = ({ data, nColumns }: Matrix): Float64Array => {
  const largest = new Float64Array(nColumns).fill(1)
  for (let at = 0, j = 0; at < data.length; at++) {
    largest[j] = Math.max(largest[j], Math.abs(data[at]))
    if (++j === nColumns) j = 0
  }
  return largest.map((size) => 1 / size)
}
