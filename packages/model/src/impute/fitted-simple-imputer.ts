import { type ColumnMap, identityMap } from '../column-maps/column-map.ts'
import { type FittedColumns, fittedColumns } from '../column-maps/fitted-columns.ts'
import type { FittedTransformer } from '../column-maps/transformer.ts'
import { writeFrame } from '../column-maps/write-frame.ts'
import { type Cell, type ColumnKind, isMissing } from '../frame/cell.ts'
import type { Frame } from '../frame/frame.ts'
import { readBoolean, readHeader, readKind, readName } from '../persistence/read-columns.ts'
import {
  readArray,
  readNumber,
  readObject,
  readWord,
  refuseModel,
} from '../persistence/read-json.ts'
import type { ImputerStrategy } from './column-statistic.ts'

/** What is known of one column. */
export interface ImputedColumn {
  readonly name: string
  readonly kind: ColumnKind
  /** What missing values become; null for a column that had no value and is left out. */
  readonly fill: number | string | null
  /** Whether another column shows where values were missing. */
  readonly hasIndicator: boolean
}

export interface SimpleImputerParameters {
  readonly strategy: ImputerStrategy
  readonly columns: readonly ImputedColumn[]
}

/** A fitted imputer as JSON. */
export interface SimpleImputerJSON extends SimpleImputerParameters {
  readonly format: 'dsapi-simple-imputer'
  readonly formatVersion: 1
}

/** An imputer that has seen its data. `JSON.stringify` keeps every double of it exactly. */
export class FittedSimpleImputer implements FittedTransformer {
  readonly strategy: ImputerStrategy
  readonly columns: readonly ImputedColumn[]
  readonly input: FittedColumns

  /** @throws {ModelError} `invalid_model` when the parameters are no such */
  constructor(parameters: SimpleImputerParameters) {
    const { strategy, columns } = readParameters(parameters)
    this.strategy = strategy
    this.columns = columns
    this.input = fittedColumns(
      columns.map(({ name }) => name),
      columns.map(({ kind }) => kind),
      [...columns.flatMap(fillMap), ...columns.flatMap(indicatorMap)],
    )
  }

  /**
   * Reads what {@link toJSON} gave.
   *
   * @throws {ModelError} `invalid_model` when it is damaged, or of another format or version; the message says where
   */
  static fromJSON(value: unknown): FittedSimpleImputer {
    readHeader(value, 'dsapi-simple-imputer')
    return new FittedSimpleImputer(value as SimpleImputerParameters)
  }

  get featureNamesIn(): readonly string[] {
    return this.input.names
  }

  /** What fills each column; null for one that is left out. */
  get statistics(): readonly (number | string | null)[] {
    return this.columns.map(({ fill }) => fill)
  }

  /** The names of the columns, without those left out, and `missingindicator_` with the name for each indicator. */
  getFeatureNamesOut(): string[] {
    const filled = this.columns.filter(({ fill }) => fill !== null)
    const indicated = this.columns.filter(({ hasIndicator }) => hasIndicator)
    return [
      ...filled.map(({ name }) => name),
      ...indicated.map(({ name }) => `missingindicator_${name}`),
    ]
  }

  /**
   * The table with its missing values filled, and the indicators after all columns.
   *
   * @throws {ModelError} `invalid_data` when a column of the fit is missing or of another kind
   */
  transform(X: Frame): Frame {
    return writeFrame(this.input, X, this.getFeatureNamesOut())
  }

  toJSON(): SimpleImputerJSON {
    const { strategy, columns } = this
    return { format: 'dsapi-simple-imputer', formatVersion: 1, strategy, columns }
  }
}

function fillMap({ kind, fill }: ImputedColumn, from: number): ColumnMap[] {
  if (fill === null) return []
  const map = (cell: Cell) => (isMissing(cell) ? fill : cell)
  if (typeof fill === 'string') return [{ ...identityMap(from, kind), map }]
  const mapNumbers = (values: Float64Array) => {
    for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) values[i] = fill
  }
  return [{ from, gives: 'number', width: 1, map, mapNumbers }]
}

function indicatorMap({ hasIndicator }: ImputedColumn, from: number): ColumnMap[] {
  if (!hasIndicator) return []
  const map = (cell: Cell) => Number(isMissing(cell))
  const mapNumbers = (values: Float64Array) => {
    for (let i = 0; i < values.length; i++) values[i] = Number(Number.isNaN(values[i]))
  }
  return [{ from, gives: 'number', width: 1, map, mapNumbers }]
}

function readParameters(value: unknown): SimpleImputerParameters {
  const json = readObject(value, 'the imputer')
  const strategies = ['mean', 'median', 'most_frequent', 'constant'] as const
  const strategy = readWord(json.strategy, 'strategy', strategies)
  const columns = readArray(json.columns, 'columns').map((entry, j) => {
    const what = `columns[${j}]`
    const { name, kind, fill, hasIndicator } = readObject(entry, what)
    const column = { name: readName(name, what), kind: readKind(kind, what) }
    return {
      ...column,
      fill: fill === null ? null : readFill(fill, column.kind, `${what}.fill`),
      hasIndicator: readBoolean(hasIndicator, `${what}.hasIndicator`),
    }
  })
  return { strategy, columns }
}

function readFill(fill: unknown, kind: ColumnKind, what: string): number | string {
  if (kind === 'number') return readNumber(fill, what) + 0
  return typeof fill === 'string' ? fill : refuseModel(`${what} is no text; expected text`)
}
