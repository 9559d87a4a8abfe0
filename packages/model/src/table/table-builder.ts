import { ModelError } from '../errors.ts'
import type { Label } from '../labels.ts'
import { checkWord } from '../linear-model/check-options.ts'
import { Matrix } from '../matrix.ts'
import { quoteText } from '../validation/quote-text.ts'
import type { CsvRecord } from './csv-parser.ts'
import { parseDecimal } from './decimal.ts'
import { GrowingArray } from './growing-array.ts'
import { LabelColumn } from './label-column.ts'
import { isMissingMarker } from './missing-markers.ts'
import { checkHeader, checkHeaderIsNoRow, type TableHeader } from './table-header.ts'
import { TableProblems } from './table-problems.ts'

/** Rows of numbers with a label each. */
export interface Table {
  /** The names of X's columns, in the order of the file. */
  readonly featureNames: readonly string[]
  readonly X: Matrix
  /** The label of each row: all numbers, or all strings. */
  readonly y: Label[]
  /** How many rows were left out because their label is missing. */
  readonly nDropped: number
}

/** What is done with a label that stands for a missing value. */
export type MissingLabels = 'refuse' | 'drop' | 'keep'

const MISSING_LABELS: readonly string[] = ['refuse', 'drop', 'keep'] satisfies MissingLabels[]

export interface TableOptions {
  /** The name of the column that holds the labels. */
  readonly label: string
  /** What is done with rows whose label is empty or a word for a missing value, such as NA, NaN, null or `?`:
   * `'refuse'` the table, `'drop'` these rows, or `'keep'` the words as classes; default `'refuse'`. An empty
   * label is never a class. */
  readonly missingLabels?: MissingLabels | undefined
  /** Take the first line for names even where it looks like a row of data; default false. */
  readonly trustHeader?: boolean | undefined
}

/** So much of a wrong value is looked at: a message shows less. */
const MAX_KEPT = 1000

/** Puts together a table from records, the first of which is its header. */
export class TableBuilder {
  readonly #label: string
  readonly #missingLabels: MissingLabels
  readonly #trustHeader: boolean
  #header: TableHeader | undefined
  #headerLine = 1
  #nRows = 0
  #nDropped = 0
  readonly #values = new GrowingArray()
  readonly #labels = new LabelColumn()
  readonly #problems = new TableProblems()
  #nameIsLabel = false

  /** @throws {ModelError} `invalid_option` when an option is none of those it can be. */
  constructor({ label, missingLabels = 'refuse', trustHeader = false }: TableOptions) {
    checkWord('missingLabels', missingLabels, MISSING_LABELS)
    this.#label = label
    this.#missingLabels = missingLabels
    this.#trustHeader = trustHeader
  }

  /**
   * Takes the next record. What is wrong with a row is kept for {@link build} to report.
   *
   * @throws {ModelError} `invalid_csv` when the header will not do.
   */
  add({ line, fields }: CsvRecord): void {
    if (this.#header === undefined) {
      const names = fields.map((name) => name.trim())
      this.#header = checkHeader(names, this.#label, line)
      this.#headerLine = line
      return
    }
    this.#nRows += 1
    const { names, labelIndex } = this.#header
    if (fields.length !== names.length) {
      this.#problems.addLine(fields.length, line)
      return
    }
    if (!this.#addLabel(fields[labelIndex].trim(), line)) return
    for (let j = 0; j < fields.length; j++) {
      if (j !== labelIndex) this.#addValue(fields[j], line, names[j])
    }
  }

  /** @throws {ModelError} `invalid_csv` when anything was wrong, or there was no row. */
  build(): Table {
    const header = this.#header
    if (header === undefined || this.#nRows === 0) {
      const message = header ? 'no line follows the header' : 'the text is empty'
      throw new ModelError('invalid_csv', `${message}; expected a header and rows`, { line: 1 })
    }
    const { names, labelIndex } = header
    if (!this.#trustHeader) checkHeaderIsNoRow(header, this.#nameIsLabel, this.#headerLine)
    this.#problems.throwIfAny(this.#label, names.length, this.#nRows)
    const nRows = this.#nRows - this.#nDropped
    if (nRows === 0) {
      throw new ModelError(
        'invalid_csv',
        `all ${this.#nDropped} labels in column ${quoteText(this.#label)} are missing; expected rows with a label`,
        { column: this.#label },
      )
    }
    const featureNames = names.filter((_, j) => j !== labelIndex)
    return {
      featureNames,
      X: new Matrix(this.#values.toArray(), nRows, featureNames.length),
      y: this.#labels.toLabels(),
      nDropped: this.#nDropped,
    }
  }

  /** Whether the row is one of the table. */
  #addLabel(label: string, line: number): boolean {
    if (label === this.#label) this.#nameIsLabel = true
    if (isMissingMarker(label) && (label === '' || this.#missingLabels !== 'keep')) {
      if (this.#missingLabels === 'drop') {
        this.#nDropped += 1
        return false
      }
      this.#problems.addLabel(label, line)
    }
    this.#labels.push(label)
    return true
  }

  #addValue(text: string, line: number, column: string): void {
    const value = parseDecimal(text.trim())
    if (value === undefined) this.#problems.addValue(column, text.trim().slice(0, MAX_KEPT), line)
    this.#values.push(value ?? 0)
  }
}
