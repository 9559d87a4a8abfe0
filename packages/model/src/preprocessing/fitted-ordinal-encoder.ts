import type { ColumnMap } from '../column-maps/column-map.ts'
import { type FittedColumns, fittedColumns } from '../column-maps/fitted-columns.ts'
import type { FittedTransformer } from '../column-maps/transformer.ts'
import { writeMatrix } from '../column-maps/write-matrix.ts'
import { writeRow } from '../column-maps/write-row.ts'
import { type Cell, isMissing } from '../frame/cell.ts'
import type { Frame } from '../frame/frame.ts'
import type { Matrix } from '../matrix.ts'
import {
  type EncodedColumn,
  encodedColumnJSON,
  readEncodedColumn,
} from '../persistence/read-categories.ts'
import { readHeader } from '../persistence/read-columns.ts'
import { readArray, readNumber, readObject, readWord } from '../persistence/read-json.ts'

export const ordinalUnknown = ['error', 'use_encoded_value'] as const

/** What a value is that the fit has not seen. */
export type OrdinalUnknown = (typeof ordinalUnknown)[number]

export interface OrdinalEncoderParameters {
  readonly handleUnknown: OrdinalUnknown
  /** The number for unknown values; NaN, or null in JSON, for a missing one. */
  readonly unknownValue: number | null
  /** The number for missing values; NaN, or null in JSON, for a missing one. */
  readonly encodedMissingValue: number | null
  readonly columns: readonly EncodedColumn[]
}

/** A fitted encoder as JSON. A missing category is null. */
export interface OrdinalEncoderJSON extends OrdinalEncoderParameters {
  readonly format: 'dsapi-ordinal-encoder'
  readonly formatVersion: 1
}

/** An encoder that has seen its data. */
export class FittedOrdinalEncoder implements FittedTransformer {
  readonly handleUnknown: OrdinalUnknown
  readonly unknownValue: number
  readonly encodedMissingValue: number
  readonly columns: readonly EncodedColumn[]
  readonly input: FittedColumns

  /** @throws {ModelError} `invalid_model` when the parameters are no such */
  constructor(parameters: OrdinalEncoderParameters) {
    const json = readObject(parameters, 'the encoder')
    this.handleUnknown = readWord(json.handleUnknown, 'handleUnknown', ordinalUnknown)
    this.unknownValue = readCode(json.unknownValue, 'unknownValue')
    this.encodedMissingValue = readCode(json.encodedMissingValue, 'encodedMissingValue')
    this.columns = readArray(json.columns, 'columns').map((column, j) =>
      readEncodedColumn(column, `columns[${j}]`),
    )
    this.input = fittedColumns(
      this.columns.map(({ name }) => name),
      this.columns.map(({ kind }) => kind),
      this.columns.map((column, from) => this.#mapOf(column, from)),
    )
  }

  /**
   * Reads what {@link toJSON} gave.
   *
   * @throws {ModelError} `invalid_model` when it is damaged, or of another format or version; the message says where
   */
  static fromJSON(value: unknown): FittedOrdinalEncoder {
    readHeader(value, 'dsapi-ordinal-encoder')
    return new FittedOrdinalEncoder(value as OrdinalEncoderParameters)
  }

  get featureNamesIn(): readonly string[] {
    return this.input.names
  }

  /** The categories of each column. */
  get categories(): readonly (readonly Cell[])[] {
    return this.columns.map(({ categories }) => categories)
  }

  /** The names of the columns. */
  getFeatureNamesOut(): string[] {
    return [...this.input.names]
  }

  /**
   * The number of each category.
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

  toJSON(): OrdinalEncoderJSON {
    const { handleUnknown, unknownValue, encodedMissingValue } = this
    return {
      ...{ format: 'dsapi-ordinal-encoder', formatVersion: 1, handleUnknown },
      unknownValue: withoutNaN(unknownValue),
      encodedMissingValue: withoutNaN(encodedMissingValue),
      columns: this.columns.map(encodedColumnJSON),
    }
  }

  #mapOf({ categories }: EncodedColumn, from: number): ColumnMap {
    const codeOf = new Map(
      categories.map((category, code) => [
        category,
        isMissing(category) ? this.encodedMissingValue : code,
      ]),
    )
    const unknown = this.handleUnknown === 'error' ? undefined : this.unknownValue
    const map = (cell: Cell) => codeOf.get(cell) ?? unknown
    return { from, gives: 'number', width: 1, map, categories }
  }
}

const withoutNaN = (value: number) => (Number.isNaN(value) ? null : value)

const readCode = (value: unknown, what: string) =>
  value === null || Number.isNaN(value) ? Number.NaN : readNumber(value, what)
