import { type Cell, type ColumnKind, isMissing, missingCell } from '../frame/cell.ts'
import { readKind, readName } from './read-columns.ts'
import { readArray, readObject, refuseModel, shown } from './read-json.ts'

/** A column whose values are categories. */
export interface EncodedColumn {
  readonly name: string
  readonly kind: ColumnKind
  readonly categories: readonly Cell[]
}

/** JSON has no NaN: a missing category is null, whatever the kind. */
export function encodedColumnJSON({ name, kind, categories }: EncodedColumn): EncodedColumn {
  return { name, kind, categories: categories.map((cell) => (isMissing(cell) ? null : cell)) }
}

/** @throws {ModelError} `invalid_model`, saying where */
export function readEncodedColumn(value: unknown, what: string): EncodedColumn {
  const json = readObject(value, what)
  const kind = readKind(json.kind, what)
  const categories = readArray(json.categories, `${what}.categories`).map((cell, i) =>
    readCategory(cell, kind, `${what}.categories[${i}]`),
  )
  if (new Set(categories).size < categories.length) {
    refuseModel(`${what}.categories has a category twice; expected each once`)
  }
  return { name: readName(json.name, what), kind, categories }
}

function readCategory(cell: unknown, kind: ColumnKind, what: string): Cell {
  if (cell === null || Number.isNaN(cell)) return missingCell(kind)
  if (typeof cell === 'string' && kind === 'text') return cell
  if (typeof cell === 'number' && Number.isFinite(cell) && kind === 'number') return cell + 0
  return refuseModel(`${what} is ${shown(cell)}; expected a ${kind}, or null for a missing value`)
}
