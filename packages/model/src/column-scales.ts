import type { Matrix } from './matrix.ts'

/** How each column is shifted and stretched while a model is fitted: (x - shift) · factor. */
export interface ColumnScales {
  readonly shift: Float64Array
  readonly factor: Float64Array
}

/**
 * Finds for each column the shift and the factor that give it mean 0 and standard deviation 1, or,
 * where the fit has no intercept to take up a shift, only a root mean square of 1. A constant column
 * becomes 0 by its shift, and keeps a factor of 1.
 *
 * Sums are of values divided by the column's largest, so that even values near the largest double
 * do not overflow.
 */
export function columnScales(X: Matrix, isCentred: boolean): ColumnScales {
  const { data, nRows, nColumns } = X
  const largest = new Float64Array(nColumns)
  for (let at = 0, j = 0; at < data.length; at++) {
    const size = Math.abs(data[at])
    if (size > largest[j]) largest[j] = size
    if (++j === nColumns) j = 0
  }
  const unit = largest.map((size) => (size > 1e-300 ? 1 / size : 1))
  const shift = new Float64Array(nColumns)
  if (isCentred) {
    for (let at = 0, j = 0; at < data.length; at++) {
      shift[j] += data[at] * unit[j]
      if (++j === nColumns) j = 0
    }
    for (let j = 0; j < nColumns; j++) shift[j] /= nRows * unit[j]
  }
  const squares = new Float64Array(nColumns)
  for (let at = 0, j = 0; at < data.length; at++) {
    const centred = data[at] * unit[j] - shift[j] * unit[j]
    squares[j] += centred * centred
    if (++j === nColumns) j = 0
  }
  const factor = squares.map((sum, j) => {
    const deviation = Math.sqrt(sum / nRows)
    // Below this the deviation is nothing but rounding.
    return deviation > 1e-13 ? unit[j] / deviation : 1
  })
  return { shift, factor }
}
