import type { Cell } from '../frame/cell.ts'
import type { FittedColumns } from './fitted-columns.ts'
import { refuseNotFinite, refuseUnknown } from './refuse-cell.ts'

interface MapRowOptions {
  /** Whether NaN and infinite numbers in the result are refused, as models do. */
  readonly mustBeFinite: boolean
  /** The place of the row among others, for errors. */
  readonly row?: number | undefined
  /** Takes a number of the result; those that it does not get are 0. */
  readonly take: (index: number, value: number) => void
}

/**
 * Maps the cells of one row, each of its column's kind.
 *
 * @param cells a value for each column of the fit, in its order; null or NaN where one is missing
 * @throws {ModelError} `invalid_data`, naming the column, when a cell is refused
 */
export function mapRow(
  { names, kinds, maps }: FittedColumns,
  cells: ArrayLike<Cell>,
  { mustBeFinite, row, take }: MapRowOptions,
): void {
  let at = 0
  for (const { from, gives, width, map, categories } of maps) {
    const cell = cells[from] === null && kinds[from] === 'number' ? Number.NaN : cells[from]
    const value = map(cell)
    if (value === undefined) refuseUnknown(cell, { name: names[from], row }, categories ?? [])
    const number = Number(value)
    if (gives === 'one-hot') {
      if (number >= 0) take(at + number, 1)
    } else {
      if (mustBeFinite && !Number.isFinite(number)) {
        refuseNotFinite(cell, { name: names[from], row })
      }
      take(at, number)
    }
    at += width
  }
}
