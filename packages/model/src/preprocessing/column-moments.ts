import { ModelError } from '../errors.ts'

/** The mean of each column, and what the column is divided by. */
export interface ColumnMoments {
  readonly mean: Float64Array
  readonly scale: Float64Array
}

/**
 * What shifts and scales columns to mean 0 and variance 1. Missing values, NaN, are passed over. A constant column has the
 * scale 1.
 *
 * @throws {ModelError} `invalid_data`, naming the column, when its mean or variance is no double, or it has no value
 */
export function columnMoments(
  columns: readonly Float64Array[],
  names: readonly (string | number)[],
): ColumnMoments {
  const mean = new Float64Array(columns.length)
  const scale = new Float64Array(columns.length)
  for (const [j, column] of columns.entries()) {
    const nValues = countValues(column)
    if (nValues === 0)
      refuse(names[j], 'has no value; expected at least one, or that it is left out')
    mean[j] = meanOf(column, nValues)
    const variance = varianceOf(column, mean[j], nValues)
    if (!Number.isFinite(variance + mean[j])) {
      refuse(
        names[j],
        'is too large: its mean or variance is no double; expected values below 1e150',
      )
    }
    scale[j] = isConstant(variance, mean[j], nValues) ? 1 : Math.sqrt(variance)
  }
  return { mean, scale }
}

function refuse(column: string | number, problem: string): never {
  const shown = typeof column === 'string' ? JSON.stringify(column) : column
  throw new ModelError('invalid_data', `column ${shown} ${problem}`, { column })
}

function countValues(column: Float64Array): number {
  let count = 0
  for (let row = 0; row < column.length; row++) if (!Number.isNaN(column[row])) count++
  return count
}

/** The mean in two passes: the second adds what the rounding of the first left over. */
function meanOf(column: Float64Array, nValues: number): number {
  let mean = 0
  for (let pass = 0; pass < 2; pass++) {
    let sum = 0
    for (let row = 0; row < column.length; row++) {
      const deviation = column[row] - mean
      if (!Number.isNaN(deviation)) sum += deviation
    }
    mean += sum / nValues
  }
  return mean
}

function varianceOf(column: Float64Array, mean: number, nValues: number): number {
  let sum = 0
  for (let row = 0; row < column.length; row++) {
    const deviation = column[row] - mean
    if (!Number.isNaN(deviation)) sum += deviation * deviation
  }
  return sum / nValues
}

/** Whether a variance is no more than what rounding makes of a constant, as scikit-learn bounds it. */
function isConstant(variance: number, mean: number, nRows: number): boolean {
  const meanError = nRows * mean * Number.EPSILON
  return variance <= nRows * Number.EPSILON * variance + meanError * meanError
}
