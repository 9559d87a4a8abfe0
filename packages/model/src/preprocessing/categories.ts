import { ModelError } from '../errors.ts'
import { type Cell, type ColumnKind, isMissing, kindOf, missingCell } from '../frame/cell.ts'
import type { Column } from '../frame/frame.ts'
import { TextColumn } from '../frame/text-column.ts'
import { refuseOption } from '../linear-model/check-options.ts'
import { checkArrayLike } from '../validation/check-numbers.ts'
import { compareCodePoints } from '../validation/compare-code-points.ts'
import { show } from '../validation/show.ts'

/** The values of a column that an encoder knows, and how many rows of the fit had each. */
export interface CountedCategories {
  /** In ascending order, a missing value last: NaN or null is a category like others. */
  readonly categories: readonly Cell[]
  readonly counts: Uint32Array
}

/** Categories for each column: `'auto'` for those that are found, or a list for each column. */
export type CategoriesOption = 'auto' | readonly (readonly Cell[])[]

/** @throws {ModelError} `invalid_option` when the categories are neither `'auto'` nor lists */
export function checkCategoriesOption(categories: unknown): void {
  if (categories === undefined || categories === 'auto') return
  const isListed = Array.isArray(categories) && categories.every(Array.isArray)
  if (!isListed) refuseOption('categories', categories, '"auto", or an array for each column')
}

/**
 * The categories of a column: those that it has, or those that were given for it.
 *
 * @param mustKnow whether a value that is not among the given ones is refused
 * @throws {ModelError} `invalid_option` when the given ones are none; `invalid_data`, naming the row, when a value is
 *   not among them
 */
export function columnCategories(
  column: Column,
  name: string,
  given: readonly Cell[] | undefined,
  mustKnow: boolean,
): CountedCategories {
  const found = countValues(column)
  if (given === undefined) {
    const categories = Array.from(found.keys()).sort(compareCells)
    return { categories, counts: countsOf(categories, found) }
  }
  const categories = readGiven(given, kindOf(column), name)
  const known = new Set(categories)
  const unknown = mustKnow ? Array.from(found.keys()).find((value) => !known.has(value)) : undefined
  if (unknown === undefined) return { categories, counts: countsOf(categories, found) }
  throw new ModelError(
    'invalid_data',
    `column ${show(name)} has ${isMissing(unknown) ? 'missing values' : show(unknown)}, which is not among its categories; expected one of ${show(categories)}, or handleUnknown "ignore"`,
    { column: name, option: 'handleUnknown' },
  )
}

/** How many of each: an option for a number of columns. */
export function categoriesFor(
  option: CategoriesOption | undefined,
  nColumns: number,
): readonly (readonly Cell[] | undefined)[] {
  if (option === undefined || option === 'auto') return Array.from({ length: nColumns })
  if (option.length === nColumns) return option
  throw new ModelError(
    'invalid_option',
    `categories has ${option.length} lists; expected one for each of ${nColumns} columns`,
    { option: 'categories' },
  )
}

function countValues(column: Column): Map<Cell, number> {
  if (column instanceof TextColumn) return countTexts(column)
  const counts = new Map<Cell, number>()
  for (let row = 0; row < column.length; row++) {
    const value = column[row] + 0 // Minus zero is zero.
    counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return counts
}

function countTexts({ codes, values }: TextColumn): Map<Cell, number> {
  const counts = new Uint32Array(values.length + 1)
  for (let row = 0; row < codes.length; row++) counts[codes[row] + 1]++
  const entries = [null, ...values].map((value, i): [Cell, number] => [value, counts[i]])
  return new Map(entries.filter(([, count]) => count > 0))
}

function countsOf(categories: readonly Cell[], found: ReadonlyMap<Cell, number>): Uint32Array {
  return Uint32Array.from(categories, (category) => found.get(category) ?? 0)
}

/** Numbers by value, texts by code points, missing values last: as NumPy and Python sort. */
function compareCells(a: Cell, b: Cell): number {
  if (isMissing(a) || isMissing(b)) return Number(isMissing(a)) - Number(isMissing(b))
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return compareCodePoints(String(a), String(b))
}

/** Given texts keep their order, as in scikit-learn; numbers have to ascend. */
function readGiven(given: readonly Cell[], kind: ColumnKind, name: string): Cell[] {
  checkArrayLike(given, `the categories of ${show(name)}`)
  const categories = Array.from(given, (value) => {
    if (value === null || (typeof value === 'number' && Number.isNaN(value))) {
      return missingCell(kind)
    }
    if (typeof value === 'string' && kind === 'text') return value
    if (typeof value === 'number' && Number.isFinite(value) && kind === 'number') return value + 0
    return refuseGiven(name, value, `a ${kind}, as the column has`)
  })
  if (categories.length === 0) refuseGiven(name, given, 'at least one')
  if (new Set(categories).size < categories.length) refuseGiven(name, given, 'each once')
  const early = categories.slice(0, -1).findIndex(isMissing)
  if (early !== -1) refuseGiven(name, given, 'the missing value as the last one')
  const isAscending = categories.every(
    (value, i) => i === 0 || compareCells(categories[i - 1], value) < 0,
  )
  if (kind === 'number' && !isAscending) refuseGiven(name, given, 'ascending numbers')
  return categories
}

function refuseGiven(name: string, value: unknown, expected: string): never {
  return refuseOption(`categories of ${show(name)}`, value, expected)
}
