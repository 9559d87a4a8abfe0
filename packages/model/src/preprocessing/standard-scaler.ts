import { checkNotEmpty } from '../column-maps/fitted-columns.ts'
import type { Transformer } from '../column-maps/transformer.ts'
import { ModelError } from '../errors.ts'
import { Frame } from '../frame/frame.ts'
import { TextColumn } from '../frame/text-column.ts'
import { checkBoolean, checkMembers } from '../linear-model/check-options.ts'
import { checkFinite, Matrix, type Rows, toMatrix } from '../matrix.ts'
import { show } from '../validation/show.ts'
import { columnMoments } from './column-moments.ts'
import { FittedStandardScaler } from './fitted-standard-scaler.ts'

export interface StandardScalerOptions {
  /** Whether the mean is subtracted; default true. */
  readonly withMean?: boolean | undefined
  /** Whether the result is divided by the standard deviation; default true. */
  readonly withStd?: boolean | undefined
}

/**
 * Shifts and scales columns to mean 0 and variance 1.
 *
 * Source: `sklearn.preprocessing.StandardScaler`.
 *
 * @example
 * const scaler = new StandardScaler().fit([[0, 7], [2, 7]])
 * scaler.transform([[0, 7], [2, 8]]) // [[-1, 0], [1, 1]]
 */
export class StandardScaler implements Transformer {
  readonly #options: StandardScalerOptions

  /** @throws {ModelError} `invalid_option` when an option is no boolean, or unknown */
  constructor(options: StandardScalerOptions = {}) {
    checkMembers(options, ['withMean', 'withStd'], 'StandardScaler')
    checkBoolean('withMean', options.withMean)
    checkBoolean('withStd', options.withStd)
    this.#options = { ...options }
  }

  /**
   * Learns the mean and the scale of each column.
   *
   * @param X At least one row of at least one column, all finite; missing values of a {@link Frame} are passed over.
   * @throws {ModelError} `invalid_data`, naming the row and the column.
   */
  fit(X: Rows | Matrix | Frame): FittedStandardScaler {
    const isFrame = X instanceof Frame
    const columns = isFrame ? numberColumns(X) : matrixColumns(toMatrix(X))
    const { mean, scale } = columnMoments(columns, isFrame ? X.names : Array.from(columns.keys()))
    const { withMean = true, withStd = true } = this.#options
    return new FittedStandardScaler(
      withMean ? mean : mean.fill(0),
      withStd ? scale : scale.fill(1),
      isFrame ? X.names : undefined,
    )
  }

  /** The columns, shifted and scaled. @throws {ModelError} as {@link fit} does */
  fitTransform(X: Matrix | Frame): Matrix
  fitTransform(X: Rows): number[][]
  fitTransform(X: Rows | Matrix | Frame): number[][] | Matrix {
    const fitted = this.fit(X)
    return X instanceof Matrix || X instanceof Frame ? fitted.transform(X) : fitted.transform(X)
  }
}

function matrixColumns(matrix: Matrix): Float64Array[] {
  checkFinite(matrix)
  const { data, nRows, nColumns } = matrix
  return Array.from({ length: nColumns }, (_, j) => {
    const column = new Float64Array(nRows)
    for (let row = 0; row < nRows; row++) column[row] = data[row * nColumns + j]
    return column
  })
}

function numberColumns(X: Frame): Float64Array[] {
  checkNotEmpty(X)
  return X.columns.map((column, j) => {
    if (!(column instanceof TextColumn)) return column
    throw new ModelError(
      'invalid_data',
      `column ${show(X.names[j])} has texts; expected numbers, or an encoder for it`,
      { column: X.names[j] },
    )
  })
}
