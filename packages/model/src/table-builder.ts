import type { CsvRecord } from './csv-parser.ts'
import { ModelError, type ModelErrorFacts } from './errors.ts'
import { GrowingArray } from './growing-array.ts'
import { LabelColumn } from './label-column.ts'
import type { Label } from './labels.ts'
import { Matrix } from './matrix.ts'
import { parseNumber } from './parse-number.ts'
import { checkHeader, type TableHeader } from './table-header.ts'

/** Rows of numbers with a label each. */
export interface Table {
  /** The names of X's columns, in the order of the file. */
  readonly featureNames: readonly string[]
  readonly X: Matrix
  /** The label of each row: all numbers, or all strings. */
  readonly y: Label[]
}

/** The most problems that an error spells out. */
const MAX_PROBLEMS = 10

/** The most of a wrong value that an error shows. */
const MAX_SHOWN = 40

/** Puts together a table from records, the first of which is its header. */
export class TableBuilder {
  readonly #label: string
  #header: TableHeader | undefined
  #nRows = 0
  readonly #values = new GrowingArray()
  readonly #labels = new LabelColumn()
  readonly #problems: ModelError[] = []
  #nProblems = 0

  constructor(label: string) {
    this.#label = label
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
      return
    }
    this.#nRows += 1
    const { names, labelIndex } = this.#header
    if (fields.length !== names.length) {
      const message = `has ${fields.length} fields; expected ${names.length}, as in the header`
      this.#report(`line ${line} ${message}`, { line })
      return
    }
    for (let j = 0; j < fields.length; j++) {
      if (j === labelIndex) this.#addLabel(fields[j].trim(), line)
      else this.#addValue(fields[j], line, names[j])
    }
  }

  /** @throws {ModelError} `invalid_csv` when anything was wrong, or there was no row. */
  build(): Table {
    const header = this.#header
    if (header === undefined || this.#nRows === 0) {
      const message = header ? 'no line follows the header' : 'the text is empty'
      throw new ModelError('invalid_csv', `${message}; expected a header and rows`, { line: 1 })
    }
    const [first] = this.#problems
    if (first !== undefined) {
      const rest = this.#nProblems - this.#problems.length
      const messages = this.#problems.map(({ message }) => message)
      if (rest > 0) messages.push(`and ${rest} more`)
      throw new ModelError('invalid_csv', messages.join('\n'), first.facts)
    }
    const featureNames = header.names.filter((_, j) => j !== header.labelIndex)
    return {
      featureNames,
      X: new Matrix(this.#values.toArray(), this.#nRows, featureNames.length),
      y: this.#labels.toLabels(),
    }
  }

  #addLabel(label: string, line: number): void {
    if (label === '') this.#reportValue(label, line, this.#label, 'a label')
    this.#labels.push(label)
  }

  #addValue(text: string, line: number, column: string): void {
    const value = parseNumber(text)
    if (value === undefined) this.#reportValue(text.trim(), line, column, 'a number')
    this.#values.push(value ?? 0)
  }

  #reportValue(text: string, line: number, column: string, expected: string): void {
    const shown = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text
    const found = text === '' ? 'is missing' : `is ${JSON.stringify(shown)}`
    const message = `line ${line}, column ${JSON.stringify(column)} ${found}; expected ${expected}`
    this.#report(message, { line, column })
  }

  #report(message: string, facts: ModelErrorFacts): void {
    this.#nProblems += 1
    if (this.#problems.length < MAX_PROBLEMS) {
      this.#problems.push(new ModelError('invalid_csv', message, facts))
    }
  }
}
