import { ModelError } from '../errors.ts'
import type { Cell, ColumnKind } from '../frame/cell.ts'
import { show } from '../validation/show.ts'
import { checkGivesNumbers, type FittedColumns } from './fitted-columns.ts'
import { mapRow } from './map-row.ts'
import { refuseKind } from './refuse-cell.ts'

/**
 * The result of one row, without a table around it: what a server needs.
 *
 * @param row a value for each column of the fit, in its order; null or NaN where one is missing
 * @param mustBeFinite whether a missing value in the result is refused, as models do
 * @throws {ModelError} `invalid_data`, naming the column, when a cell is refused
 */
export function writeRow(
  fitted: FittedColumns,
  row: ArrayLike<Cell>,
  mustBeFinite = false,
): Float64Array {
  checkGivesNumbers(fitted)
  const { names, kinds, width } = fitted
  if (row?.length !== names.length) refuseLength(row, names.length)
  for (let j = 0; j < names.length; j++) {
    const cell = row[j]
    if (cell === null || isOfKind(cell, kinds[j])) continue
    refuseKind(cell, { name: names[j] }, kinds[j])
  }
  const result = new Float64Array(width)
  const take = (index: number, value: number) => {
    result[index] = value
  }
  mapRow(fitted, row, { mustBeFinite, take })
  return result
}

function isOfKind(cell: number | string, kind: ColumnKind): boolean {
  if (typeof cell === 'string') return kind === 'text'
  return (
    typeof cell === 'number' && kind === 'number' && Math.abs(cell) !== Number.POSITIVE_INFINITY
  )
}

function refuseLength(row: unknown, length: number): never {
  throw new ModelError(
    'invalid_data',
    `the row is ${show(row)}; expected ${length} values, one for each column of the fit`,
  )
}
