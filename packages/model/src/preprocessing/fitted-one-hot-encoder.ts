import { type ColumnMap, NONE } from '../column-maps/column-map.ts'
import { type FittedColumns, fittedColumns } from '../column-maps/fitted-columns.ts'
import type { FittedTransformer } from '../column-maps/transformer.ts'
import { writeMatrix } from '../column-maps/write-matrix.ts'
import { writeRow } from '../column-maps/write-row.ts'
import type { Cell } from '../frame/cell.ts'
import type { Frame } from '../frame/frame.ts'
import type { Matrix } from '../matrix.ts'
import {
  type EncodedColumn,
  encodedColumnJSON,
  readEncodedColumn,
} from '../persistence/read-categories.ts'
import { readHeader } from '../persistence/read-columns.ts'
import { readArray, readObject, readWord, refuseModel, shown } from '../persistence/read-json.ts'
import { categoryNames } from './category-names.ts'

export const oneHotUnknown = ['error', 'ignore', 'infrequent_if_exist'] as const

/** What a value is that the fit has not seen. */
export type OneHotUnknown = (typeof oneHotUnknown)[number]

/** What is known of one column. */
export interface OneHotColumn extends EncodedColumn {
  /** The indices of the categories that share a column. */
  readonly infrequent: readonly number[]
  /** Which of the columns is left out, counted before it is; null for none. */
  readonly dropped: number | null
}

export interface OneHotEncoderParameters {
  readonly handleUnknown: OneHotUnknown
  readonly columns: readonly OneHotColumn[]
}

/** A fitted encoder as JSON. A missing category is null. */
export interface OneHotEncoderJSON extends OneHotEncoderParameters {
  readonly format: 'dsapi-one-hot-encoder'
  readonly formatVersion: 1
}

/** An encoder that has seen its data. */
export class FittedOneHotEncoder implements FittedTransformer {
  readonly handleUnknown: OneHotUnknown
  readonly columns: readonly OneHotColumn[]
  readonly input: FittedColumns

  /** @throws {ModelError} `invalid_model` when the parameters are no such */
  constructor(parameters: OneHotEncoderParameters) {
    const { handleUnknown, columns } = readParameters(parameters)
    this.handleUnknown = handleUnknown
    this.columns = columns
    this.input = fittedColumns(
      columns.map(({ name }) => name),
      columns.map(({ kind }) => kind),
      columns.map((column, from) => oneHotMap(column, from, handleUnknown)),
    )
  }

  /**
   * Reads what {@link toJSON} gave.
   *
   * @throws {ModelError} `invalid_model` when it is damaged, or of another format or version; the message says where
   */
  static fromJSON(value: unknown): FittedOneHotEncoder {
    readHeader(value, 'dsapi-one-hot-encoder')
    return new FittedOneHotEncoder(value as OneHotEncoderParameters)
  }

  get featureNamesIn(): readonly string[] {
    return this.input.names
  }

  /** The categories of each column. */
  get categories(): readonly (readonly Cell[])[] {
    return this.columns.map(({ categories }) => categories)
  }

  /** For each column the categories that share a column of the result. */
  get infrequentCategories(): readonly (readonly Cell[])[] {
    return this.columns.map(({ categories, infrequent }) => infrequent.map((i) => categories[i]))
  }

  /** The name of the column and the category, as `sex_female`; `infrequent_sklearn` for the infrequent ones. */
  getFeatureNamesOut(): string[] {
    return this.columns.flatMap(({ name, categories, infrequent, dropped }) => {
      const names = categoryNames(categories).filter((_, i) => !infrequent.includes(i))
      if (infrequent.length > 0) names.push('infrequent_sklearn')
      return names.filter((_, k) => k !== dropped).map((category) => `${name}_${category}`)
    })
  }

  /**
   * A column for each category: 1 in the rows that have it, else 0.
   *
   * @throws {ModelError} `invalid_data` when a column of the fit is missing or of another kind, or a value is unknown
   *   and `handleUnknown` is `'error'`
   */
  transform(X: Frame): Matrix {
    return writeMatrix(this.input, X)
  }

  /** The same of one row: a value for each column of the fit. @throws {ModelError} as {@link transform} does */
  transformOne(row: ArrayLike<Cell>): Float64Array {
    return writeRow(this.input, row)
  }

  toJSON(): OneHotEncoderJSON {
    const columns = this.columns.map((column) => ({ ...column, ...encodedColumnJSON(column) }))
    const { handleUnknown } = this
    return { format: 'dsapi-one-hot-encoder', formatVersion: 1, handleUnknown, columns }
  }
}

function oneHotMap(column: OneHotColumn, from: number, handleUnknown: OneHotUnknown): ColumnMap {
  const { categories, infrequent, dropped } = column
  const rare = new Set(infrequent)
  const nFrequent = categories.length - rare.size
  const place = (k: number) => {
    if (dropped === null || k < dropped) return k
    return k === dropped ? NONE : k - 1
  }
  const codeOf = new Map<Cell, number>()
  let next = 0
  for (const [i, category] of categories.entries()) {
    codeOf.set(category, place(rare.has(i) ? nFrequent : next++))
  }
  const takesRare = handleUnknown === 'infrequent_if_exist' && rare.size > 0
  const known = takesRare ? place(nFrequent) : NONE
  const unknown = handleUnknown === 'error' ? undefined : known
  const width = nFrequent + Math.min(rare.size, 1) - (dropped === null ? 0 : 1)
  const map = (cell: Cell) => codeOf.get(cell) ?? unknown
  return { from, gives: 'one-hot', width, map, categories }
}

function readParameters(value: unknown): OneHotEncoderParameters {
  const json = readObject(value, 'the encoder')
  const handleUnknown = readWord(json.handleUnknown, 'handleUnknown', oneHotUnknown)
  const columns = readArray(json.columns, 'columns').map((entry, j) => {
    const what = `columns[${j}]`
    const { infrequent, dropped } = readObject(entry, what)
    const column = readEncodedColumn(entry, what)
    const rare = readIndices(infrequent, `${what}.infrequent`, column.categories.length)
    const width = column.categories.length - Math.max(rare.length - 1, 0)
    const left = dropped === null ? null : readIndices([dropped], `${what}.dropped`, width)[0]
    return { ...column, infrequent: rare, dropped: left }
  })
  return { handleUnknown, columns }
}

function readIndices(value: unknown, what: string, limit: number): number[] {
  if (!Array.isArray(value)) return refuseModel(`${what} is ${shown(value)}; expected an array`)
  const indices = Array.from(value, (index: unknown) =>
    typeof index === 'number' && Number.isInteger(index) && index >= 0 && index < limit
      ? index
      : refuseModel(`${what} has ${shown(index)}; expected indices from 0 to ${limit - 1}`),
  )
  if (new Set(indices).size < indices.length) refuseModel(`${what} has an index twice`)
  return indices
}
