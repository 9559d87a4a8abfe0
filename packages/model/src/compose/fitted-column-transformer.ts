import { type ColumnMap, identityMap } from '../column-maps/column-map.ts'
import {
  checkGivesNumbers,
  type FittedColumns,
  fittedColumns,
} from '../column-maps/fitted-columns.ts'
import type { FittedTransformer } from '../column-maps/transformer.ts'
import { writeMatrix } from '../column-maps/write-matrix.ts'
import { writeRow } from '../column-maps/write-row.ts'
import { ModelError } from '../errors.ts'
import type { Cell, ColumnKind } from '../frame/cell.ts'
import type { Frame } from '../frame/frame.ts'
import type { Matrix } from '../matrix.ts'
import { checkDifferent } from '../persistence/read-columns.ts'
import { refuseModel } from '../persistence/read-json.ts'
import { show } from '../validation/show.ts'

/** A fitted transformer and the names of its columns. */
export interface FittedPart {
  readonly name: string
  readonly transformer: FittedTransformer | 'passthrough'
  readonly columns: readonly string[]
}

/** A column that is read. */
export interface InputColumn {
  readonly name: string
  readonly kind: ColumnKind
}

export interface ColumnTransformerParameters {
  /** The columns that are used, in the order of the table. */
  readonly input: readonly InputColumn[]
  readonly transformers: readonly FittedPart[]
  readonly verboseFeatureNamesOut: boolean
}

/** A fitted column transformer as JSON. */
export interface ColumnTransformerJSON {
  readonly format: 'dsapi-column-transformer'
  readonly formatVersion: 1
  readonly input: readonly InputColumn[]
  readonly transformers: readonly {
    readonly name: string
    readonly transformer: object | 'passthrough'
    readonly columns: readonly string[]
  }[]
  readonly verboseFeatureNamesOut: boolean
}

/** A column transformer that has seen its data. */
export class FittedColumnTransformer implements FittedTransformer {
  readonly transformers: readonly FittedPart[]
  readonly verboseFeatureNamesOut: boolean
  readonly input: FittedColumns

  /**
   * @throws {ModelError} `invalid_model` when the transformers do not fit their columns; `invalid_data` when a column stays
   *   text; `invalid_option` when two columns of the result have the same name
   */
  constructor({ input, transformers, verboseFeatureNamesOut }: ColumnTransformerParameters) {
    const names = input.map(({ name }) => name)
    const kinds = input.map(({ kind }) => kind)
    checkDifferent(names, 'input')
    checkDifferent(
      transformers.map(({ name }) => name),
      'transformers',
    )
    const indexOf = new Map(names.map((name, j) => [name, j]))
    const maps = transformers.flatMap((part) => partMaps(part, indexOf, kinds))
    this.transformers = transformers
    this.verboseFeatureNamesOut = verboseFeatureNamesOut
    this.input = fittedColumns(names, kinds, maps)
    checkGivesNumbers(this.input)
    if (!verboseFeatureNamesOut) checkOutputNames(this.getFeatureNamesOut())
  }

  get featureNamesIn(): readonly string[] {
    return this.input.names
  }

  /** The names that each transformer gives, after its own and `__` if `verboseFeatureNamesOut` is true. */
  getFeatureNamesOut(): string[] {
    return this.transformers.flatMap(({ name, transformer, columns }) => {
      const names = transformer === 'passthrough' ? columns : transformer.getFeatureNamesOut()
      return names.map((output) => (this.verboseFeatureNamesOut ? `${name}__${output}` : output))
    })
  }

  /**
   * The results of all transformers side by side.
   *
   * @throws {ModelError} `invalid_data` when a column of the fit is missing or of another kind, or a value is unknown
   */
  transform(X: Frame): Matrix {
    return writeMatrix(this.input, X)
  }

  /** The same of one row: a value for each column of the fit. @throws {ModelError} as {@link transform} does */
  transformOne(row: ArrayLike<Cell>): Float64Array {
    return writeRow(this.input, row)
  }

  toJSON(): ColumnTransformerJSON {
    const { names, kinds } = this.input
    return {
      ...{ format: 'dsapi-column-transformer', formatVersion: 1 },
      input: names.map((name, j) => ({ name, kind: kinds[j] })),
      transformers: this.transformers.map(({ name, transformer, columns }) => ({
        name,
        transformer: transformer === 'passthrough' ? transformer : transformer.toJSON(),
        columns,
      })),
      verboseFeatureNamesOut: this.verboseFeatureNamesOut,
    }
  }
}

/** The maps of a transformer, reading from the columns of the table. */
function partMaps(
  { name, transformer, columns }: FittedPart,
  indexOf: ReadonlyMap<string, number>,
  kinds: readonly ColumnKind[],
): ColumnMap[] {
  const indices = columns.map((column) => {
    const index = indexOf.get(column)
    return (
      index ??
      refuseModel(`transformer ${show(name)} has column ${show(column)}; expected one of input`)
    )
  })
  if (transformer === 'passthrough') return indices.map((from) => identityMap(from, kinds[from]))
  const { input } = transformer
  const isFitting =
    input.names.length === columns.length &&
    input.names.every((own, j) => own === columns[j] && input.kinds[j] === kinds[indices[j]])
  if (!isFitting) {
    refuseModel(`transformer ${show(name)} was fitted on other columns; expected ${show(columns)}`)
  }
  return input.maps.map((map) => ({ ...map, from: indices[map.from] }))
}

function checkOutputNames(names: readonly string[]): void {
  const seen = new Set<string>()
  for (const name of names) {
    if (seen.has(name)) {
      throw new ModelError(
        'invalid_option',
        `two columns of the result are called ${show(name)}; expected verboseFeatureNamesOut true, so that names begin with the transformer's`,
        { option: 'verboseFeatureNamesOut' },
      )
    }
    seen.add(name)
  }
}
