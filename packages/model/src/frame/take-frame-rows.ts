import { type Column, Frame } from './frame.ts'
import { TextColumn } from './text-column.ts'

/** Copies the rows with the given indices, in that order. */
export function takeFrameRows(X: Frame, indices: ArrayLike<number>): Frame {
  return new Frame(X.names.map((name, j) => [name, takeValues(X.columns[j], indices)] as const))
}

function takeValues(column: Column, indices: ArrayLike<number>): Column {
  if (column instanceof TextColumn) {
    const codes = Int32Array.from(indices, (row) => column.codes[row])
    return new TextColumn(codes, column.values)
  }
  return Float64Array.from(indices, (row) => column[row])
}
