import { ModelError } from '../errors.ts'
import { featureNameProblem } from '../validation/feature-names.ts'
import { quoteText } from '../validation/quote-text.ts'
import { ColumnBuilder } from './columns/column-builder.ts'
import { keepRows } from './columns/keep-rows.ts'
import { TextCodes } from './columns/text-codes.ts'
import type { ByteRecord } from './csv-bytes.ts'
import type { TableFormat } from './detect-format.ts'
import { columnNames, findColumn } from './find-column.ts'
import { HeldRows } from './held-rows.ts'
import type {
  ColumnPart,
  LabelledColumn,
  LabelledTableOptions,
  ReadTable,
} from './labelled-table.ts'
import { isMissingText } from './missing-markers.ts'
import { readLabelCells, type TableLabels } from './read-label-cells.ts'
import { readWeights } from './read-weights.ts'
import { decodeText } from './utf8.ts'

/** The most words for missing labels that are kept as examples. */
const MAX_WORDS = 5

/** The most labels that are remembered. */
const MAX_LABELS = 1000

interface Header {
  readonly names: readonly string[]
  readonly hasName: readonly boolean[]
  readonly parts: readonly ColumnPart[]
  readonly labelIndex: number
  /** The columns whose numbers are categories. */
  readonly categories: ReadonlySet<number>
  /** For each column that is kept, what collects its cells. */
  readonly builders: readonly (ColumnBuilder | undefined)[]
}

/** Puts together a table of records: numbers, texts and missing values, and a label for each row. */
export class TableReader {
  readonly #options: LabelledTableOptions
  readonly #format: TableFormat
  readonly #missing: ReadonlySet<string>
  #header: Header | undefined
  /** The first rows, until there are enough of them. */
  #held: HeldRows | undefined
  #nRows = 0
  #nDropped = 0
  readonly #droppedLabels = new Set<string>()
  /** Labels that were looked at, and for each whether it stands for none. */
  readonly #labels = new TextCodes()
  readonly #isNone: boolean[] = []
  #missingLabel: { readonly line: number } | undefined
  #wrongLines: { count: number; readonly nFields: number; readonly line: number } | undefined

  constructor(format: TableFormat, options: LabelledTableOptions) {
    this.#format = format
    this.#options = options
    this.#missing = new Set(options.missing)
  }

  /**
   * Takes the next record.
   *
   * @throws {ModelError} `invalid_csv` when the header lacks a column that is named
   */
  add(record: ByteRecord): void {
    if (this.#header !== undefined) {
      this.#addRow(this.#header, record)
      return
    }
    const { nFields, bytes, starts, ends } = record
    const fields = Array.from({ length: nFields }, (_, j) => decodeText(bytes, starts[j], ends[j]))
    const names = columnNames(fields, this.#format)
    this.#header = this.#makeHeader(names, new Set(fields))
    this.#held = new HeldRows(names.length)
    if (!this.#format.hasHeader) this.#addRow(this.#header, record)
  }

  /** @throws {ModelError} `invalid_csv` when lines, columns or labels are wrong, each of them named once */
  build(): ReadTable {
    const header = this.#header
    if (header === undefined || this.#nRows === 0) {
      const message = header ? 'no line follows the header' : 'the text is empty'
      throw new ModelError('invalid_csv', `${message}; expected rows`, { line: 1 })
    }
    const { names, labelIndex } = header
    const problems = this.#problems(header)
    if (problems.length > 0) throw problems[0]
    if (this.#nRows === this.#nDropped) {
      throw new ModelError(
        'invalid_csv',
        `all ${this.#nDropped} labels in column ${quoteText(names[labelIndex])} are missing; expected rows with a label`,
        { column: names[labelIndex] },
      )
    }
    this.#release(header.builders, labelIndex, true)
    const cells = header.builders[labelIndex]?.finishCells()
    const labels = readLabelCells(cells, names[labelIndex], {
      delimiter: this.#format.delimiter,
      keepsWords: this.#options.missingLabels === 'keep',
    })
    const read = header.builders.map((builder, j) =>
      j === labelIndex ? undefined : builder?.finish(),
    )
    const weightIndex = header.parts.indexOf('weight')
    const weights =
      weightIndex === -1 ? undefined : readWeights(names[weightIndex], read[weightIndex])
    const columns = names.map((name, j): LabelledColumn => {
      const part = header.parts[j]
      return {
        name,
        hasName: header.hasName[j],
        isCategorical: header.categories.has(j),
        part,
        read: part === 'feature' ? read[j] : undefined,
      }
    })
    return this.#withoutMissing({ columns, labels, weights })
  }

  /** Leaves out rows whose label is a word such as `none`, which the others show to be a missing number. */
  #withoutMissing(table: Pick<ReadTable, 'columns' | 'labels' | 'weights'>): ReadTable {
    const nRows = this.#nRows - this.#nDropped
    const dropped = { nDropped: this.#nDropped, droppedLabels: Array.from(this.#droppedLabels) }
    const label = this.#header?.names[this.#header.labelIndex] ?? ''
    const all = { ...table, ...dropped, format: this.#format, label, nRows }
    const { missing } = table.labels
    if (missing.length === 0) return all
    const isMissing = new Uint8Array(nRows)
    for (const row of missing) isMissing[row] = 1
    const rows = Int32Array.from({ length: nRows }, (_, row) => row).filter(
      (row) => !isMissing[row],
    )
    return {
      ...all,
      columns: table.columns.map((column) => ({
        ...column,
        read: column.read && keepRows(column.read, rows),
      })),
      labels: keepLabels(table.labels, rows),
      weights: table.weights && Float64Array.from(rows, (row) => table.weights?.[row] ?? 0),
      nRows: rows.length,
      nDropped: this.#nDropped + missing.length,
    }
  }

  #makeHeader(names: readonly string[], fields: ReadonlySet<string>): Header {
    const { label, weight, features, drop = [], categorical = [] } = this.#options
    const labelIndex = findColumn(label, names, 'the labels')
    const weightIndex = weight === undefined ? -1 : findColumn(weight, names, 'the weights')
    const indices = (references: readonly string[], what: string) =>
      new Set(references.map((reference) => findColumn(reference, names, what)))
    const used = features === undefined ? undefined : indices(features, 'features')
    const dropped = indices(drop, 'leaving it out')
    const categories = indices(categorical, 'categories')
    const parts = names.map((_, j): ColumnPart => {
      if (j === labelIndex) return 'label'
      if (j === weightIndex) return 'weight'
      return dropped.has(j) || used?.has(j) === false ? 'dropped' : 'feature'
    })
    checkNames(names, parts)
    const { delimiter } = this.#format
    const builders = parts.map((part, j) => {
      const isCategorical = categories.has(j)
      return part === 'dropped'
        ? undefined
        : new ColumnBuilder({ delimiter, missing: this.#missing, isCategorical })
    })
    return {
      names,
      hasName: names.map((name) => this.#format.hasHeader && fields.has(name)),
      parts,
      labelIndex,
      categories,
      builders,
    }
  }

  #addRow({ names, labelIndex, builders }: Header, record: ByteRecord): void {
    const { nFields, bytes, starts, ends, line } = record
    this.#nRows += 1
    if (nFields !== names.length && !isLonger(record, names.length)) {
      this.#wrongLines ??= { count: 0, nFields, line }
      this.#wrongLines.count++
      return
    }
    if (this.#isWithoutLabel(bytes, starts[labelIndex], ends[labelIndex], line)) return
    if (this.#held !== undefined) {
      this.#held.add(record)
      if (this.#held.isFull) this.#release(builders, labelIndex, false)
      return
    }
    for (let j = 0; j < names.length; j++) builders[j]?.push(bytes, starts[j], ends[j], line)
  }

  /** Hands the first rows to the columns. The labels are kept as they are written. */
  #release(builders: Header['builders'], labelIndex: number, isWhole: boolean): void {
    const held = this.#held
    if (held === undefined) return
    for (const [j, builder] of builders.entries()) {
      if (j !== labelIndex) builder?.pushFirst(held, j, isWhole)
    }
    const label = builders[labelIndex]
    held.visit(labelIndex, (bytes, start, end, line) => label?.push(bytes, start, end, line))
    this.#held = undefined
  }

  #isWithoutLabel(bytes: Uint8Array, start: number, end: number, line: number): boolean {
    let code = this.#labels.find(bytes, start, end)
    if (code === -1) {
      const isWithout = this.#countsAsNone(decodeText(bytes, start, end))
      if (this.#labels.size < MAX_LABELS) {
        code = this.#labels.add(bytes, start, end)
        this.#isNone[code] = isWithout
      }
      if (!isWithout) return false
    } else if (!this.#isNone[code]) return false
    const { missingLabels = 'drop' } = this.#options
    if (missingLabels === 'refuse') this.#missingLabel ??= { line }
    this.#nDropped += 1
    if (start < end && this.#droppedLabels.size < MAX_WORDS) {
      this.#droppedLabels.add(decodeText(bytes, start, end))
    }
    return true
  }

  #countsAsNone(label: string): boolean {
    const isMissing = isMissingText(label) || this.#missing.has(label)
    return isMissing && (this.#options.missingLabels !== 'keep' || label === '')
  }

  #problems({ names, labelIndex }: Header): ModelError[] {
    const problems: ModelError[] = []
    if (this.#wrongLines) {
      const { count, nFields, line } = this.#wrongLines
      const fields = `${nFields} field${nFields === 1 ? '' : 's'}`
      const expected = `expected ${names.length}, as in the first line`
      const message =
        count === 1
          ? `line ${line} has ${fields}; ${expected}`
          : `${count} lines have too few or too many fields (line ${line} has ${fields}); ${expected}`
      problems.push(new ModelError('invalid_csv', message, { line, option: 'delimiter' }))
    }
    if (this.#missingLabel) {
      const column = names[labelIndex]
      const { line } = this.#missingLabel
      problems.push(
        new ModelError(
          'invalid_csv',
          `column ${quoteText(column)}: ${this.#nDropped} of ${this.#nRows} labels are missing (the first on line ${line}); expected a label in each row`,
          { line, column, option: 'missingLabels' },
        ),
      )
    }
    return problems
  }
}

/** Separators at the end of a line make empty fields, which do not count. */
function isLonger({ nFields, starts, ends }: ByteRecord, width: number): boolean {
  for (let j = width; j < nFields; j++) if (starts[j] < ends[j]) return false
  return nFields > width
}

function keepLabels(labels: TableLabels, rows: Int32Array): TableLabels {
  const { numbers, toClasses } = labels
  return {
    nDistinct: labels.nDistinct,
    numbers: numbers && Float64Array.from(rows, (row) => numbers[row]),
    toClasses: () => {
      const classes = toClasses()
      return Array.from(rows, (row) => classes[row])
    },
    missing: [],
  }
}

/** @throws {ModelError} `invalid_csv` when a name that is used is there twice or breaks the rule for names */
function checkNames(names: readonly string[], parts: readonly ColumnPart[]): void {
  const seen = new Set<string>()
  for (const [j, name] of names.entries()) {
    if (parts[j] === 'dropped') continue
    const problem = seen.has(name) ? 'is there twice' : featureNameProblem(name)
    if (problem !== undefined) {
      throw new ModelError(
        'invalid_csv',
        `the header has the name ${quoteText(name)}, which ${problem}; expected different names of printable characters. Rename column ${j + 1}, or leave it out`,
        { line: 1, column: name, option: 'drop' },
      )
    }
    seen.add(name)
  }
}
