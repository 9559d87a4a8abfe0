import type { ColumnChoice } from './column-choice.ts'
import type { ReadColumn } from './columns/read-column.ts'
import type { TableFormat } from './detect-format.ts'
import type { TableLabels } from './read-label-cells.ts'
import type { MissingLabels } from './table-builder.ts'

/** What a column of a file is for. */
export type ColumnPart = 'label' | 'weight' | 'feature' | 'dropped'

/** A column of a file as it was read. */
export interface LabelledColumn {
  /** `column_3` where the file has no name for the third one. */
  readonly name: string
  readonly hasName: boolean
  /** Whether numbers are categories too. */
  readonly isCategorical: boolean
  readonly part: ColumnPart
  /** Undefined for columns that were not kept: the label, and those that are dropped. */
  readonly read: ReadColumn | undefined
}

/** A table as it was read, before it is decided what becomes of its columns. */
export interface ReadTable extends TableRows {
  /** In the order of the file. */
  readonly columns: readonly LabelledColumn[]
}

/** A table with text and missing values, and a label for each row. */
export interface LabelledTable extends TableRows {
  /** In the order of the file, with what becomes of each. */
  readonly columns: readonly ColumnChoice[]
}

/** The rows of a table apart from their features. */
export interface TableRows {
  readonly format: TableFormat
  /** The name of the column of the labels. */
  readonly label: string
  readonly labels: TableLabels
  /** A weight of at least 0 for each row, where a column has them. */
  readonly weights: Float64Array | undefined
  readonly nRows: number
  /** How many rows were left out because they have no label, and the words in place of one. */
  readonly nDropped: number
  readonly droppedLabels: readonly string[]
}

/** Which columns of a table are used, and for what: each by its name or its position. */
export interface LabelledTableOptions {
  /** The column of the labels: its name, its position from 1 on, or from the end as -1, or `last`. */
  readonly label: string
  /** The column of weights. */
  readonly weight?: string | undefined
  /** The only columns that are features; default: all others. */
  readonly features?: readonly string[] | undefined
  /** Columns that are left out. */
  readonly drop?: readonly string[] | undefined
  /** Columns of categories even where they are numbers. */
  readonly categorical?: readonly string[] | undefined
  /** What stands for a missing value besides the usual words, such as -999. */
  readonly missing?: readonly string[] | undefined
  /** What is done with rows whose label is a word for a missing value: `'drop'` the rows, `'keep'` the words as classes, or
   * `'refuse'` the table; default `'drop'`. Rows with an empty label are left out in any case but the last. */
  readonly missingLabels?: MissingLabels | undefined
}
