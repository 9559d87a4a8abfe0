import { ModelError } from '../errors.ts'
import {
  type Cell,
  type ColumnKind,
  isEmpty,
  isMissing,
  kindOf,
  missingCell,
} from '../frame/cell.ts'
import { type Column, Frame } from '../frame/frame.ts'
import { TextColumn } from '../frame/text-column.ts'
import { show } from '../validation/show.ts'
import { type ColumnMap, totalWidth } from './column-map.ts'

/** What a fitted transformer reads, and what it does with it. */
export interface FittedColumns {
  /** The columns that are read: those of the fit. */
  readonly names: readonly string[]
  readonly kinds: readonly ColumnKind[]
  readonly maps: readonly ColumnMap[]
  /** How many columns the result has. */
  readonly width: number
}

export function fittedColumns(
  names: readonly string[],
  kinds: readonly ColumnKind[],
  maps: readonly ColumnMap[],
): FittedColumns {
  return { names, kinds, maps, width: totalWidth(maps) }
}

/** @throws {ModelError} `invalid_data` when a column of the result has texts, which are not for a matrix */
export function checkGivesNumbers({ names, maps }: FittedColumns): void {
  const text = maps.find(({ gives }) => gives === 'text')
  if (text === undefined) return
  throw new ModelError(
    'invalid_data',
    `column ${show(names[text.from])} stays text; expected an encoder for it, or that it is left out`,
    { column: names[text.from] },
  )
}

/** Kinds of all columns of a table. */
export function kindsOf(X: Frame): ColumnKind[] {
  return X.columns.map(kindOf)
}

/**
 * The columns of a table that a transformer was fitted on, in the order of the fit. Others are passed over. A column
 * without any value is taken for either kind.
 *
 * @throws {ModelError} `invalid_data` when one is missing or of another kind
 */
export function inputColumns({ names, kinds }: FittedColumns, X: Frame): readonly Column[] {
  checkFrame(X)
  return names.map((name, j) => {
    const column = X.column(name)
    const kind = kindOf(column)
    if (kind === kinds[j]) return column
    if (isEmpty(column)) return emptyColumn(kinds[j], column.length)
    throw new ModelError(
      'invalid_data',
      `column ${show(name)} has ${kind}s; expected ${kinds[j]}s, as in the data of the fit`,
      { column: name },
    )
  })
}

/** @throws {ModelError} `invalid_data` when a value is no table with named columns */
function checkFrame(X: unknown): asserts X is Frame {
  if (X instanceof Frame) return
  throw new ModelError('invalid_data', `X is ${show(X)}; expected a Frame`)
}

/** @throws {ModelError} `invalid_data` when a table has no rows or no columns, so that nothing can be learned */
export function checkNotEmpty(X: unknown): asserts X is Frame {
  checkFrame(X)
  if (X.nRows > 0) return
  throw new ModelError(
    'invalid_data',
    `X has ${X.nRows} rows and ${X.names.length} columns; expected at least one of each`,
  )
}

function emptyColumn(kind: ColumnKind, nRows: number): Column {
  return kind === 'number'
    ? new Float64Array(nRows).fill(Number.NaN)
    : new TextColumn(new Int32Array(nRows).fill(-1), [])
}

/** A feature that a pipeline takes, as a document for its users describes it. */
export interface InputFeature {
  readonly name: string
  readonly kind: ColumnKind
  /** Whether a missing value has a result. */
  readonly nullable: boolean
  /** The values that the fit has seen, without the missing one, where the column is encoded as categories. */
  readonly categories?: readonly (number | string)[]
}

/** Describes the columns that a transformer reads. */
export function inputFeatures({ names, kinds, maps }: FittedColumns): InputFeature[] {
  const byColumn = names.map((): ColumnMap[] => [])
  for (const map of maps) byColumn[map.from].push(map)
  return names.map((name, j) => {
    const own = byColumn[j]
    const missing = missingCell(kinds[j])
    const nullable = own.every(({ map }) => {
      const result = map(missing)
      return result !== undefined && !isMissing(result)
    })
    const known = own.find(({ categories }) => categories !== undefined)?.categories
    const feature = { name, kind: kinds[j], nullable }
    return known === undefined ? feature : { ...feature, categories: known.filter(isValue) }
  })
}

const isValue = (cell: Cell): cell is number | string => !isMissing(cell)
