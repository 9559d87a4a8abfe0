import { ModelError } from './errors.ts'

/** Rows of numbers, all of one length. */
export type Rows = readonly ArrayLike<number>[]

/** A table of doubles in one array, row after row. */
export class Matrix {
  readonly data: Float64Array
  readonly nRows: number
  readonly nColumns: number

  /**
   * Takes an array as it is, without copying it.
   *
   * @throws {ModelError} `invalid_data` when its length is not nRows * nColumns.
   */
  constructor(data: Float64Array, nRows: number, nColumns: number) {
    if (data.length !== nRows * nColumns) {
      throw new ModelError(
        'invalid_data',
        `the data of a matrix has ${data.length} numbers; expected ${nRows} rows of ${nColumns}`,
      )
    }
    this.data = data
    this.nRows = nRows
    this.nColumns = nColumns
  }

  /**
   * Copies rows into a matrix.
   *
   * @throws {ModelError} `invalid_data` when a row is not as long as the first.
   */
  static fromRows(rows: Rows): Matrix {
    const nColumns = rows[0]?.length ?? 0
    const data = new Float64Array(rows.length * nColumns)
    for (const [row, values] of rows.entries()) {
      if (values.length !== nColumns) {
        throw new ModelError(
          'invalid_data',
          `row ${row} has ${values.length} columns; expected ${nColumns}, as in row 0`,
          { row },
        )
      }
      data.set(values, row * nColumns)
    }
    return new Matrix(data, rows.length, nColumns)
  }

  /** Row i, as a view on the same numbers. */
  row(i: number): Float64Array {
    return this.data.subarray(i * this.nColumns, (i + 1) * this.nColumns)
  }

  /** Copies the matrix into rows. */
  toRows(): number[][] {
    return Array.from({ length: this.nRows }, (_, i) => Array.from(this.row(i)))
  }
}

/** The matrix of some rows, or the matrix itself. */
export function toMatrix(X: Rows | Matrix): Matrix {
  return X instanceof Matrix ? X : Matrix.fromRows(X)
}

/**
 * Makes sure that a matrix has rows and columns, and holds only finite numbers.
 *
 * @throws {ModelError} `invalid_data`, naming the row and the column.
 */
export function checkFinite(matrix: Matrix, name = 'X'): void {
  const { data, nRows, nColumns } = matrix
  if (data.length === 0) {
    throw new ModelError(
      'invalid_data',
      `${name} has ${nRows} rows and ${nColumns} columns; expected at least one of each`,
    )
  }
  let at = 0
  while (at < data.length && Number.isFinite(data[at])) at++
  if (at === data.length) return
  const row = Math.floor(at / nColumns)
  const column = at % nColumns
  throw new ModelError(
    'invalid_data',
    `${name} is ${data[at]} in row ${row}, column ${column}; expected a finite number`,
    { row, column },
  )
}
