import { ModelError } from './errors.ts'
import { checkArrayLike, copyNumbers } from './validation/check-numbers.ts'
import { show } from './validation/show.ts'

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
   * @throws {ModelError} `invalid_data` when it is no Float64Array, or its length is not nRows * nColumns.
   */
  constructor(data: Float64Array, nRows: number, nColumns: number) {
    if (!(data instanceof Float64Array)) {
      throw new ModelError(
        'invalid_data',
        `the data of a matrix is ${show(data)}; expected a Float64Array`,
      )
    }
    for (const [name, count] of Object.entries({ nRows, nColumns })) {
      if (Number.isInteger(count) && count >= 0) continue
      throw new ModelError('invalid_data', `${name} is ${show(count)}; expected a whole number`)
    }
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
   * @throws {ModelError} `invalid_data`, naming the row and the column, when a row is not as long as the
   *   first, or a value is no number: null, text and the like are never taken for one.
   */
  static fromRows(rows: Rows): Matrix {
    return fromRows(rows, 'X')
  }

  /** Row i, as a view on the same numbers. */
  row(i: number): Float64Array {
    return this.data.subarray(i * this.nColumns, (i + 1) * this.nColumns)
  }

  /** The rows, for `JSON.stringify`; `Matrix.fromRows` makes a matrix of them again. */
  toJSON(): number[][] {
    return this.toRows()
  }

  /** Copies the matrix into rows. */
  toRows(): number[][] {
    return Array.from({ length: this.nRows }, (_, i) => Array.from(this.row(i)))
  }
}

function fromRows(rows: Rows, name: string): Matrix {
  checkArrayLike(rows, name)
  if (rows.length > 0) checkArrayLike(rows[0], rowOf(name, 0), { row: 0 })
  const nColumns = rows[0]?.length ?? 0
  const data = new Float64Array(rows.length * nColumns)
  let row = 0
  const refuse = (value: unknown, column: number) => refuseValue(value, row, column, name)
  for (; row < rows.length; row++) {
    const values = rows[row]
    if (!(Array.isArray(values) || values instanceof Float64Array))
      checkArrayLike(values, rowOf(name, row), { row })
    if (values.length !== nColumns) {
      throw new ModelError(
        'invalid_data',
        `${rowOf(name, row)} has ${values.length} columns; expected ${nColumns}, as in row 0`,
        { row },
      )
    }
    copyNumbers(data, row * nColumns, values, refuse)
  }
  return new Matrix(data, rows.length, nColumns)
}

function rowOf(name: string, row: number): string {
  return name === 'X' ? `row ${row}` : `row ${row} of ${name}`
}

function refuseValue(value: unknown, row: number, column: number, name: string): never {
  throw new ModelError(
    'invalid_data',
    `${name} is ${show(value)} in row ${row}, column ${column}; expected a finite number`,
    { row, column },
  )
}

/** The matrix of some rows, or the matrix itself. */
export function toMatrix(X: Rows | Matrix, name = 'X'): Matrix {
  return X instanceof Matrix ? X : fromRows(X, name)
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
  refuseValue(data[at], Math.floor(at / nColumns), at % nColumns, name)
}
