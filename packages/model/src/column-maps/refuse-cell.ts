import { ModelError } from '../errors.ts'
import { type Cell, isMissing } from '../frame/cell.ts'
import { show } from '../validation/show.ts'

const MAX_LISTED = 10

/** Where a cell is: the name of its column, and its row unless there is one row only. */
export interface CellPlace {
  readonly name: string
  readonly row?: number | undefined
}

/**
 * Refuses a cell that the fit has not seen.
 *
 * @throws {ModelError} `invalid_data`, naming the row, the column, and what is known
 */
export function refuseUnknown(
  cell: Cell,
  { name, row }: CellPlace,
  categories: readonly Cell[],
): never {
  const known = categories.filter((category) => !isMissing(category))
  const more = known.length > MAX_LISTED ? ', …' : ''
  const expected = `one of ${known.slice(0, MAX_LISTED).map(show).join(', ')}${more}`
  const found = isMissing(cell) ? 'missing' : show(cell)
  throw new ModelError(
    'invalid_data',
    `${show(name)} is ${found}${inRow(row)}, which the data of the fit did not have; expected ${expected}`,
    factsOf(name, row),
  )
}

/** Refuses a cell of which a transformer makes no finite number. */
export function refuseNotFinite(cell: Cell, { name, row }: CellPlace): never {
  const message = isMissing(cell)
    ? `${show(name)} is missing${inRow(row)}; expected a value, since no imputer fills this column`
    : `${show(name)} is ${show(cell)}${inRow(row)}, and its transformed value is no finite number; expected a value as in the data of the fit`
  throw new ModelError('invalid_data', message, factsOf(name, row))
}

/** Refuses a cell of another kind than its column's. */
export function refuseKind(cell: unknown, { name, row }: CellPlace, kind: string): never {
  const expected = kind === 'number' ? 'a finite number' : 'text'
  throw new ModelError(
    'invalid_data',
    `${show(name)} is ${show(cell)}${inRow(row)}; expected ${expected}, or null where the value is missing`,
    factsOf(name, row),
  )
}

const inRow = (row: number | undefined) => (row === undefined ? '' : ` in row ${row}`)

const factsOf = (name: string, row: number | undefined) =>
  row === undefined ? { column: name } : { row, column: name }
