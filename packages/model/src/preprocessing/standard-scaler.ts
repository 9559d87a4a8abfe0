import { ModelError } from '../errors.ts'
import { checkFinite, Matrix, type Rows, toMatrix } from '../matrix.ts'
import { readNumbers, readObject, readWord, refuseModel, shown } from '../persistence/read-json.ts'
import { toFiniteNumbers } from '../validation/check-numbers.ts'

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
    const tooLarge = variance.findIndex((value, j) => !Number.isFinite(value + mean[j]))
    if (tooLarge !== -1) {
      throw new ModelError(
        'invalid_data',
        `column ${tooLarge} is too large: its mean or variance is no double; expected values below 1e150`,
        { column: tooLarge },
      )
    }
    const scale = variance.map((value, j) =>
      isConstant(value, mean[j], matrix.nRows) ? 1 : Math.sqrt(value),
    )
    return new FittedStandardScaler(mean, scale)
  }
}

/** A fitted scaler as JSON. */
export interface StandardScalerJSON {
  readonly format: typeof FORMAT
  readonly formatVersion: 1
  readonly mean: readonly number[]
  readonly scale: readonly number[]
}

const FORMAT = 'dsapi-standard-scaler'

/** A scaler that has seen its data. `JSON.stringify` keeps every double of it exactly. */
export class FittedStandardScaler {
  /** The mean of each column. */
  readonly mean: Float64Array
  /** What each column is divided by: its standard deviation (of n rows, not n - 1); 1 if constant. */
  readonly scale: Float64Array

  /** @throws {ModelError} `invalid_data` when the two are not as long, or a value is no finite number. */
  constructor(mean: ArrayLike<number>, scale: ArrayLike<number>) {
    this.mean = toFiniteNumbers(mean, 'mean')
    this.scale = toFiniteNumbers(scale, 'scale')
    if (this.mean.length === 0 || this.mean.length !== this.scale.length) {
      throw new ModelError(
        'invalid_data',
        `mean has ${mean.length} numbers and scale ${scale.length}; expected one of each for every column`,
      )
    }
    const none = this.scale.findIndex((value) => value <= 0)
    if (none === -1) return
    throw new ModelError('invalid_data', `scale[${none}] is ${scale[none]}; expected above 0`)
  }

  /**
   * Reads what {@link toJSON} gave.
   *
   * @throws {ModelError} `invalid_model` when it is of another format or version; `invalid_data` when a
   *   number is missing or none.
   *
   * @example
   * const scaler = new StandardScaler().fit([[0], [2]])
   * FittedStandardScaler.fromJSON(JSON.parse(JSON.stringify(scaler))).transform([[2]]) // [[1]]
   */
  static fromJSON(value: unknown): FittedStandardScaler {
    const { format, formatVersion, mean, scale } = readObject(value, 'the scaler')
    readWord(format, 'format', [FORMAT])
    if (formatVersion !== 1) refuseModel(`formatVersion is ${shown(formatVersion)}; expected 1`)
    return new FittedStandardScaler(readNumbers(mean, 'mean'), readNumbers(scale, 'scale'))
  }

  /** The scaler as JSON can carry it. */
  toJSON(): StandardScalerJSON {
    const [mean, scale] = [Array.from(this.mean), Array.from(this.scale)]
    return { format: FORMAT, formatVersion: 1, mean, scale }
  }

  /**
   * Subtracts each column's mean and divides by its scale.
   *
   * @throws {ModelError} `invalid_data` when there are other than the fitted number of columns, or a value is no
   *   finite number.
   */
  transform(X: Matrix): Matrix
  transform(X: Rows): number[][]
  transform(X: Rows | Matrix): number[][] | Matrix {
    return this.#mapCells(X, (value, j) => (value - this.mean[j]) / this.scale[j])
  }

  /**
   * Undoes {@link transform}, up to rounding.
   *
   * @throws {ModelError} `invalid_data` when there are other than the fitted number of columns, or a value is no
   *   finite number.
   */
  inverseTransform(X: Matrix): Matrix
  inverseTransform(X: Rows): number[][]
  inverseTransform(X: Rows | Matrix): number[][] | Matrix {
    return this.#mapCells(X, (value, j) => value * this.scale[j] + this.mean[j])
  }

  #mapCells(X: Rows | Matrix, map: (value: number, j: number) => number): number[][] | Matrix {
    const matrix = toMatrix(X)
    const { data, nRows, nColumns } = matrix
    if (nRows > 0 && nColumns !== this.mean.length) {
      throw new ModelError(
        'invalid_data',
        `X has ${nColumns} columns; expected ${this.mean.length}, as in the data of the fit`,
      )
    }
    if (nRows > 0) checkFinite(matrix)
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
