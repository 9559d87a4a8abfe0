import { Frame } from '../frame/frame.ts'
import { takeFrameRows } from '../frame/take-frame-rows.ts'
import { Matrix, type Rows } from '../matrix.ts'
import { checkArrayLike } from '../validation/check-numbers.ts'

/** Copies the rows with the given indices, in that order: a matrix of a matrix, rows of rows, a table of a table. */
export function takeRows(X: Matrix, indices: ArrayLike<number>): Matrix
export function takeRows(X: Rows, indices: ArrayLike<number>): number[][]
export function takeRows(X: Frame, indices: ArrayLike<number>): Frame
export function takeRows(
  X: Rows | Matrix | Frame,
  indices: ArrayLike<number>,
): number[][] | Matrix | Frame
export function takeRows(
  X: Rows | Matrix | Frame,
  indices: ArrayLike<number>,
): number[][] | Matrix | Frame {
  if (X instanceof Frame) return takeFrameRows(X, indices)
  if (!(X instanceof Matrix)) return Array.from(indices, (i) => copyRow(X[i], i))
  const data = new Float64Array(indices.length * X.nColumns)
  for (let i = 0; i < indices.length; i++) data.set(X.row(indices[i]), i * X.nColumns)
  return new Matrix(data, indices.length, X.nColumns)
}

/** How many rows there are. */
export function countRows(X: Rows | Matrix | Frame): number {
  if (X instanceof Matrix || X instanceof Frame) return X.nRows
  checkArrayLike(X, 'X')
  return X.length
}

function copyRow(row: ArrayLike<number>, i: number): number[] {
  checkArrayLike(row, `row ${i}`, { row: i })
  return Array.from(row)
}
