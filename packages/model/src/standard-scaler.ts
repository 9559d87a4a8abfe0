import { ModelError } from './errors.ts'
import { checkFinite, Matrix, type Rows, toMatrix } from './matrix.ts'

/**
 * Shifts and scales columns to mean 0 and variance 1.
 *
 * Source: `sklearn.preprocessing.StandardScaler`.
 *
 * @example
 * const scaler = new StandardScaler().fit([[0, 7], [2, 7]])
 * scaler.transform([[0, 7], [2, 8]]) // [[-1, 0], [1, 1]]
 */
export class StandardScaler {
  /**
   * Learns the mean and the scale of each column.
   *
   * @param X At least one row of at least one column, all finite.
   * @throws {ModelError} `invalid_data`, naming the row and the column.
   */
  fit(X: Rows | Matrix): FittedStandardScaler {
    const matrix = toMatrix(X)
    checkFinite(matrix)
    const mean = columnMeans(matrix)
    const variance = columnVariances(matrix, mean)
    const scale = variance.map((value, j) =>
      isConstant(value, mean[j], matrix.nRows) ? 1 : Math.sqrt(value),
    )
    return new FittedStandardScaler(mean, scale)
  }
}

/** A scaler that has seen its data. */
export class FittedStandardScaler {
  /** The mean of each column. */
  readonly mean: Float64Array
  /** What each column is divided by: its standard deviation (of n rows, not n - 1); 1 if constant. */
  readonly scale: Float64Array

  constructor(mean: Float64Array, scale: Float64Array) {
    this.mean = mean
    this.scale = scale
  }

  /**
   * Subtracts each column's mean and divides by its scale.
   *
   * @throws {ModelError} `invalid_data` when there are other than the fitted number of columns.
   */
  transform(X: Matrix): Matrix
  transform(X: Rows): number[][]
  transform(X: Rows | Matrix): number[][] | Matrix {
    return this.#mapCells(X, (value, j) => (value - this.mean[j]) / this.scale[j])
  }

  /**
   * Undoes {@link transform}, up to rounding.
   *
   * @throws {ModelError} `invalid_data` when there are other than the fitted number of columns.
   */
  inverseTransform(X: Matrix): Matrix
  inverseTransform(X: Rows): number[][]
  inverseTransform(X: Rows | Matrix): number[][] | Matrix {
    return this.#mapCells(X, (value, j) => value * this.scale[j] + this.mean[j])
  }

  #mapCells(X: Rows | Matrix, map: (value: number, j: number) => number): number[][] | Matrix {
    const { data, nRows, nColumns } = toMatrix(X)
    if (nRows > 0 && nColumns !== this.mean.length) {
      throw new ModelError(
        'invalid_data',
        `X has ${nColumns} columns; expected ${this.mean.length}, as in the data of the fit`,
      )
    }
    const mapped = new Matrix(
      data.map((value, at) => map(value, at % nColumns)),
      nRows,
      nColumns,
    )
    return X instanceof Matrix ? mapped : mapped.toRows()
  }
}

/** Means in two passes: the second adds what the rounding of the first left over. */
function columnMeans({ data, nRows, nColumns }: Matrix): Float64Array {
  const mean = new Float64Array(nColumns)
  for (let pass = 0; pass < 2; pass++) {
    const sum = new Float64Array(nColumns)
    for (let at = 0; at < data.length; at++) sum[at % nColumns] += data[at] - mean[at % nColumns]
    for (let j = 0; j < nColumns; j++) mean[j] += sum[j] / nRows
  }
  return mean
}

function columnVariances({ data, nRows, nColumns }: Matrix, mean: Float64Array): Float64Array {
  const sum = new Float64Array(nColumns)
  for (let at = 0; at < data.length; at++) {
    const deviation = data[at] - mean[at % nColumns]
    sum[at % nColumns] += deviation * deviation
  }
  return sum.map((total) => total / nRows)
}

/** Whether a variance is no more than what rounding makes of a constant, as scikit-learn bounds it. */
function isConstant(variance: number, mean: number, nRows: number): boolean {
  const meanError = nRows * mean * Number.EPSILON
  return variance <= nRows * Number.EPSILON * variance + meanError * meanError
}
