import type { ColumnMap } from '../column-maps/column-map.ts'
import { type FittedColumns, fittedColumns } from '../column-maps/fitted-columns.ts'
import type { FittedTransformer } from '../column-maps/transformer.ts'
import { writeMatrix } from '../column-maps/write-matrix.ts'
import { writeRow } from '../column-maps/write-row.ts'
import { ModelError } from '../errors.ts'
import type { Cell } from '../frame/cell.ts'
import { Frame } from '../frame/frame.ts'
import { checkFinite, Matrix, type Rows, toMatrix } from '../matrix.ts'
import { readNames } from '../persistence/read-columns.ts'
import { readNumbers, readObject, readWord, refuseModel, shown } from '../persistence/read-json.ts'
import { toFiniteNumbers } from '../validation/check-numbers.ts'

/** A fitted scaler as JSON. */
export interface StandardScalerJSON {
  readonly format: typeof FORMAT
  readonly formatVersion: 1
  readonly mean: readonly number[]
  readonly scale: readonly number[]
  /** The names of the columns, where the data of the fit had names. */
  readonly featureNames?: readonly string[]
}

const FORMAT = 'dsapi-standard-scaler'

/** A scaler that has seen its data. `JSON.stringify` keeps every double of it exactly. */
export class FittedStandardScaler implements FittedTransformer {
  /** What is subtracted from each column: its mean, or 0. */
  readonly mean: Float64Array
  /** What each column is divided by: its standard deviation (of n rows, not n - 1); 1 if constant. */
  readonly scale: Float64Array
  readonly #input: FittedColumns
  readonly #hasNames: boolean

  /**
   * @param featureNames a name for each column; `x0`, `x1`, … where none are given
   * @throws {ModelError} `invalid_data` when they are not as long, or a value is no finite number; `invalid_model` when
   *   names are none
   */
  constructor(
    mean: ArrayLike<number>,
    scale: ArrayLike<number>,
    featureNames?: readonly string[] | undefined,
  ) {
    this.mean = toFiniteNumbers(mean, 'mean')
    this.scale = toFiniteNumbers(scale, 'scale')
    if (this.mean.length === 0 || this.mean.length !== this.scale.length) {
      throw new ModelError(
        'invalid_data',
        `mean has ${mean.length} numbers and scale ${scale.length}; expected one of each for every column`,
      )
    }
    const none = this.scale.findIndex((value) => value <= 0)
    if (none !== -1) {
      throw new ModelError('invalid_data', `scale[${none}] is ${scale[none]}; expected above 0`)
    }
    this.#hasNames = featureNames !== undefined
    const names = this.#hasNames
      ? readNames(featureNames, 'featureNames')
      : Array.from(this.mean, (_, j) => `x${j}`)
    if (names.length !== this.mean.length) {
      refuseModel(`featureNames has ${names.length} names; expected ${this.mean.length}`)
    }
    const kinds = names.map(() => 'number' as const)
    const maps = names.map((_, j) => scaleMap(j, this.mean[j], this.scale[j]))
    this.#input = fittedColumns(names, kinds, maps)
  }

  /**
   * Reads what {@link toJSON} gave.
   *
   * @throws {ModelError} `invalid_model` when it is of another format or version; `invalid_data` when a
   *   number is missing or none.
   *
   * @example
   * const scaler = new StandardScaler().fit([[0], [2]])
   * FittedStandardScaler.fromJSON(JSON.parse(JSON.stringify(scaler))).transform([[2]]) // [[1]]
   */
  static fromJSON(value: unknown): FittedStandardScaler {
    const { format, formatVersion, mean, scale, featureNames } = readObject(value, 'the scaler')
    readWord(format, 'format', [FORMAT])
    if (formatVersion !== 1) refuseModel(`formatVersion is ${shown(formatVersion)}; expected 1`)
    const names = featureNames === undefined ? undefined : readNames(featureNames, 'featureNames')
    return new FittedStandardScaler(readNumbers(mean, 'mean'), readNumbers(scale, 'scale'), names)
  }

  get input(): FittedColumns {
    return this.#input
  }

  get featureNamesIn(): readonly string[] {
    return this.input.names
  }

  /** The names of the columns. */
  getFeatureNamesOut(): string[] {
    return [...this.input.names]
  }

  /** The scaler as JSON can carry it. */
  toJSON(): StandardScalerJSON {
    const [mean, scale] = [Array.from(this.mean), Array.from(this.scale)]
    const json = { format: FORMAT, formatVersion: 1, mean, scale } as const
    return this.#hasNames ? { ...json, featureNames: this.input.names } : json
  }

  /**
   * Subtracts each column's mean and divides by its scale. A missing value of a {@link Frame} stays missing.
   *
   * @throws {ModelError} `invalid_data` when there are other than the fitted number of columns, or a value is no
   *   finite number.
   */
  transform(X: Matrix | Frame): Matrix
  transform(X: Rows): number[][]
  transform(X: Rows | Matrix | Frame): number[][] | Matrix {
    if (X instanceof Frame) return writeMatrix(this.input, X)
    return this.#mapCells(X, (value, j) => (value - this.mean[j]) / this.scale[j])
  }

  /** The same of one row: a value for each column. @throws {ModelError} as {@link transform} does */
  transformOne(row: ArrayLike<Cell>): Float64Array {
    return writeRow(this.input, row)
  }

  /**
   * Undoes {@link transform}, up to rounding.
   *
   * @throws {ModelError} `invalid_data` when there are other than the fitted number of columns, or a value is no
   *   finite number.
   */
  inverseTransform(X: Matrix): Matrix
  inverseTransform(X: Rows): number[][]
  inverseTransform(X: Rows | Matrix): number[][] | Matrix {
    return this.#mapCells(X, (value, j) => value * this.scale[j] + this.mean[j])
  }

  #mapCells(X: Rows | Matrix, map: (value: number, j: number) => number): number[][] | Matrix {
    const matrix = toMatrix(X)
    const { data, nRows, nColumns } = matrix
    if (nRows > 0 && nColumns !== this.mean.length) {
      throw new ModelError(
        'invalid_data',
        `X has ${nColumns} columns; expected ${this.mean.length}, as in the data of the fit`,
      )
    }
    if (nRows > 0) checkFinite(matrix)
    const mapped = new Matrix(
      data.map((value, at) => map(value, at % nColumns)),
      nRows,
      nColumns,
    )
    return X instanceof Matrix ? mapped : mapped.toRows()
  }
}

function scaleMap(from: number, mean: number, scale: number): ColumnMap {
  const map = (cell: Cell) => (Number(cell) - mean) / scale
  const mapNumbers = (values: Float64Array) => {
    for (let i = 0; i < values.length; i++) values[i] = (values[i] - mean) / scale
  }
  return { from, gives: 'number', width: 1, map, mapNumbers }
}
