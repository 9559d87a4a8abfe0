import { ModelError } from '../errors.ts'
import type { Cell, ColumnKind } from '../frame/cell.ts'

/** Rows without a table around them, as a server has them. A column has its place among those of its kind. */
export interface TypedRows {
  readonly nRows: number
  /** The columns of numbers, row after row; NaN where a value is missing. */
  readonly numbers: ArrayLike<number>
  /** The columns of texts, each by itself; null where a value is missing. */
  readonly texts: readonly (readonly (string | null)[])[]
}

/** Where each column is among those of its kind. */
export function placesOf(kinds: readonly ColumnKind[]): number[] {
  let [number, text] = [0, 0]
  return kinds.map((kind) => (kind === 'number' ? number++ : text++))
}

/** @throws {ModelError} `invalid_data` when there are other columns than those of the fit, or not all of their rows */
export function checkTypedRows(
  { nRows, numbers, texts }: TypedRows,
  { numberWidth, textWidth }: { readonly numberWidth: number; readonly textWidth: number },
): void {
  const isWhole =
    numbers.length === nRows * numberWidth &&
    texts.length === textWidth &&
    texts.every((column) => column.length === nRows)
  if (isWhole) return
  throw new ModelError(
    'invalid_data',
    `there are ${numbers.length} numbers and ${texts.length} columns of texts for ${nRows} rows; expected ${numberWidth} numbers and ${textWidth} texts for each row`,
  )
}

/** The cells of a row, in the order of the fit. */
export function cellsOf(
  kinds: readonly ColumnKind[],
  { nRows, numbers, texts }: TypedRows,
  row: number,
): Cell[] {
  const stride = numbers.length / nRows
  const places = placesOf(kinds)
  return kinds.map((kind, j) =>
    kind === 'number' ? numbers[row * stride + places[j]] : texts[places[j]][row],
  )
}
