import { ModelError } from '../errors.ts'
import { nearName } from '../table/near-name.ts'
import { checkArrayLike, isTypedArray } from '../validation/check-numbers.ts'
import { checkFeatureNames } from '../validation/feature-names.ts'
import { show } from '../validation/show.ts'
import { numberColumn } from './number-column.ts'
import { TextColumn } from './text-column.ts'

/** A column of a {@link Frame}: numbers, NaN where one is missing, or texts. */
export type Column = Float64Array | TextColumn

/** What a column is made of: null and NaN are missing values. */
export type ColumnValues = Column | ArrayLike<number | null> | ArrayLike<string | null>

/** Named columns, in an object or in pairs. An object puts names that are whole numbers first. */
export type FrameColumns =
  | Readonly<Record<string, ColumnValues>>
  | Iterable<readonly [string, ColumnValues]>

/**
 * A table whose columns have names, and hold numbers or texts: what pandas calls a DataFrame. Each column is stored
 * for itself, so that no row is an object.
 *
 * @example
 * const X = new Frame({ age: [22, null, 35], sex: ['male', 'female', null] })
 * X.names // ['age', 'sex']
 * X.nRows // 3
 */
export class Frame {
  readonly names: readonly string[]
  readonly columns: readonly Column[]
  readonly nRows: number
  readonly #indexOf: ReadonlyMap<string, number>

  /**
   * A `Float64Array` and a {@link TextColumn} are taken without copying them. Other arrays are copied: of texts where
   * the first value that is not null is a text, else of numbers.
   *
   * @throws {ModelError} `invalid_data` when a name will not do, columns differ in length, a value is of another kind
   *   than the first one of its column, or a number is infinite; the message names the column and the row
   */
  constructor(columns: FrameColumns) {
    const entries = entriesOf(columns)
    this.names = entries.map(([name]) => name)
    checkFeatureNames(this.names, 'the names of the columns')
    this.#indexOf = new Map(this.names.map((name, j) => [name, j]))
    this.columns = entries.map(([name, values]) => toColumn(name, values))
    this.nRows = this.columns[0]?.length ?? 0
    const other = this.columns.findIndex((column) => column.length !== this.nRows)
    if (other === -1) return
    throw new ModelError(
      'invalid_data',
      `column ${show(this.names[other])} has ${this.columns[other].length} rows; expected ${this.nRows}, as in column ${show(this.names[0])}`,
      { column: this.names[other] },
    )
  }

  /**
   * Copies rows that are objects.
   *
   * @param records for each row an object with the same members
   * @throws {ModelError} `invalid_data` as the constructor does, and when a member is missing
   *
   * @example
   * Frame.fromRecords([{ age: 22, sex: 'male' }, { age: null, sex: 'female' }]).names // ['age', 'sex']
   */
  static fromRecords(records: readonly Readonly<Record<string, number | string | null>>[]): Frame {
    checkArrayLike(records, 'records')
    const names = Object.keys(recordAt(records, 0))
    return new Frame(
      names.map((name) => {
        const values = Array.from(records, (_, row) => memberOf(recordAt(records, row), name, row))
        return [name, values as ColumnValues] as const
      }),
    )
  }

  /**
   * The column of a name.
   *
   * @throws {ModelError} `invalid_data` when there is none, naming the one that was probably meant
   */
  column(name: string): Column {
    return this.columns[this.indexOf(name)]
  }

  /** Where the column of a name is. @throws {ModelError} as {@link column} does */
  indexOf(name: string): number {
    const index = this.#indexOf.get(name)
    if (index !== undefined) return index
    const near = typeof name === 'string' ? nearName(name, this.names) : undefined
    const expected = near === undefined ? shortList(this.names) : show(near)
    throw new ModelError(
      'invalid_data',
      `the table has no column ${show(name)}; expected ${expected}`,
      typeof name === 'string' ? { column: name } : {},
    )
  }

  /** The columns of these names, in their order. @throws {ModelError} as {@link column} does */
  select(names: readonly string[]): Frame {
    checkArrayLike(names, 'names')
    return new Frame(Array.from(names, (name) => [name, this.column(name)] as const))
  }
}

const MAX_LISTED = 10

function shortList(names: readonly string[]): string {
  const more = names.length > MAX_LISTED ? ', …' : ''
  return `one of ${names.slice(0, MAX_LISTED).map(show).join(', ')}${more}`
}

function entriesOf(columns: FrameColumns): (readonly [string, ColumnValues])[] {
  if (typeof columns !== 'object' || columns === null) refuseColumns(columns)
  if (!(Symbol.iterator in columns)) return Object.entries(columns)
  const entries = Array.from(columns)
  for (const entry of entries) if (!Array.isArray(entry) || entry.length !== 2) refuseColumns(entry)
  return entries
}

function refuseColumns(value: unknown): never {
  throw new ModelError(
    'invalid_data',
    `the columns are ${show(value)}; expected an object of columns, or pairs of a name and a column`,
  )
}

function toColumn(name: string, values: ColumnValues): Column {
  const what = `column ${show(name)}`
  if (values instanceof TextColumn) return values
  checkArrayLike(values, what)
  if (isTypedArray(values)) return numberColumn(values, name)
  let first = 0
  while (first < values.length && values[first] === null) first++
  return typeof values[first] === 'string'
    ? TextColumn.from(values as ArrayLike<string | null>, what)
    : numberColumn(values as ArrayLike<number | null>, name)
}

function recordAt(records: readonly unknown[], row: number): object {
  const record = records[row]
  if (typeof record === 'object' && record !== null) return record
  throw new ModelError('invalid_data', `row ${row} is ${show(record)}; expected an object`, { row })
}

function memberOf(record: object, name: string, row: number): unknown {
  const value: unknown = (record as Record<string, unknown>)[name]
  if (value !== undefined) return value
  throw new ModelError(
    'invalid_data',
    `row ${row} has no ${show(name)}; expected the same members as in row 0, null where a value is missing`,
    { row, column: name },
  )
}
