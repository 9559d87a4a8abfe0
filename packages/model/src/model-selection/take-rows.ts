import { Matrix, type Rows } from '../matrix.ts'
import { checkArrayLike } from '../validation/check-numbers.ts'

/** Copies the rows with the given indices, in that order: a matrix of a matrix, rows of rows. */
export function takeRows(X: Matrix, indices: ArrayLike<number>): Matrix
export function takeRows(X: Rows, indices: ArrayLike<number>): number[][]
export function takeRows(X: Rows | Matrix, indices: ArrayLike<number>): number[][] | Matrix
export function takeRows(X: Rows | Matrix, indices: ArrayLike<number>): number[][] | Matrix {
  if (!(X instanceof Matrix)) return Array.from(indices, (i) => copyRow(X[i], i))
  const data = new Float64Array(indices.length * X.nColumns)
  for (let i = 0; i < indices.length; i++) data.set(X.row(indices[i]), i * X.nColumns)
  return new Matrix(data, indices.length, X.nColumns)
}

/** How many rows there are. */
export function countRows(X: Rows | Matrix): number {
  if (X instanceof Matrix) return X.nRows
  checkArrayLike(X, 'X')
  return X.length
}

function copyRow(row: ArrayLike<number>, i: number): number[] {
  checkArrayLike(row, `row ${i}`, { row: i })
  return Array.from(row)
}
