import type { Column } from './frame.ts'
import { MISSING, TextColumn } from './text-column.ts'

/** A value of a table. In a column of numbers NaN is a missing value, in a column of texts null. */
export type Cell = number | string | null

/** What a column holds. */
export type ColumnKind = 'number' | 'text'

export function kindOf(column: Column): ColumnKind {
  return column instanceof TextColumn ? 'text' : 'number'
}

/** The missing value of a kind of column. */
export function missingCell(kind: ColumnKind): Cell {
  return kind === 'number' ? Number.NaN : null
}

export function isMissing(cell: Cell): boolean {
  return cell === null || Number.isNaN(cell)
}

/** Whether a column has no value at all, so that it may be of either kind. */
export function isEmpty(column: Column): boolean {
  return column instanceof TextColumn
    ? column.codes.every((code) => code === MISSING)
    : column.every(Number.isNaN)
}
