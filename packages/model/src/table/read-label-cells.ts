import { ModelError } from '../errors.ts'
import type { Label } from '../labels.ts'
import { quoteText } from '../validation/quote-text.ts'
import { findForm } from './columns/cell-forms.ts'
import type { ColumnCells } from './columns/column-builder.ts'
import { countDistinct } from './columns/count-distinct.ts'
import { lookUp } from './columns/look-up.ts'
import { readLabels } from './label-column.ts'
import { isMissingMarker } from './missing-markers.ts'

/** The labels of a table. */
export interface TableLabels {
  readonly nDistinct: number
  /** The label of each row as a number, where all are numbers. */
  readonly numbers: Float64Array | undefined
  /** The label of each row as the name of a class: all numbers, or all strings. */
  readonly toClasses: () => Label[]
  /** The rows whose label is a word that stands for a missing one, among numbers. */
  readonly missing: readonly number[]
}

/**
 * Finds out whether labels are numbers.
 *
 * @param keepsWords whether words for missing values are classes
 * @throws {ModelError} `invalid_csv` when some are, among many, or when there are more than 100,000 different texts
 */
export function readLabelCells(
  cells: ColumnCells | undefined,
  name: string,
  { delimiter, keepsWords }: { readonly delimiter: string; readonly keepsWords: boolean },
): TableLabels {
  if (cells === undefined) {
    throw new ModelError(
      'invalid_csv',
      `column ${quoteText(name)} has more than 100,000 different texts; expected labels that several rows share`,
      { column: name },
    )
  }
  if (cells.kind === 'texts') return readTexts(cells, delimiter, keepsWords)
  const { values, strange } = cells
  if (strange !== undefined) {
    throw new ModelError(
      'invalid_csv',
      `column ${quoteText(name)}: ${strange.count} of ${values.length} labels are no numbers (the first, ${quoteText(strange.text)}, on line ${strange.line}); expected numbers, as the others are`,
      { line: strange.line, column: name, option: 'missing' },
    )
  }
  const missing = rowsWhere(values.length, (row) => Number.isNaN(values[row]))
  return {
    nDistinct: countDistinct(values),
    numbers: values,
    toClasses: () => copyOf(values),
    missing,
  }
}

function readTexts(
  { texts, codes }: Extract<ColumnCells, { kind: 'texts' }>,
  delimiter: string,
  keepsWords: boolean,
): TableLabels {
  const valid = keepsWords ? texts : texts.filter((text) => !isMissingMarker(text))
  const form = findForm(valid, delimiter)
  const isNumber = form !== undefined && !form.name.startsWith('date') && form.name !== 'boolean'
  const numbers = isNumber ? texts.map((text) => form.read(text) ?? Number.NaN) : undefined
  const missing =
    numbers === undefined ? [] : rowsWhere(codes.length, (row) => Number.isNaN(numbers[codes[row]]))
  return {
    nDistinct:
      numbers === undefined
        ? texts.length
        : new Set(numbers.filter((value) => !Number.isNaN(value))).size,
    numbers: numbers && lookUp(numbers, codes),
    toClasses: () => {
      const kept = missing.length > 0 ? valid : texts
      const labels = readLabels(kept)
      const labelOf = new Map(kept.map((text, i) => [text, labels[i]]))
      const labelOfCode = texts.map((text) => labelOf.get(text) ?? text)
      const classes = new Array<Label>(codes.length)
      for (let row = 0; row < codes.length; row++) classes[row] = labelOfCode[codes[row]]
      return classes
    },
    missing,
  }
}

// Plain loops: `Array.from` with a function takes many times as long for a million rows.

function copyOf(values: Float64Array): number[] {
  const numbers = new Array<number>(values.length)
  for (let row = 0; row < values.length; row++) numbers[row] = values[row] + 0
  return numbers
}

function rowsWhere(nRows: number, is: (row: number) => boolean): number[] {
  const rows: number[] = []
  for (let row = 0; row < nRows; row++) if (is(row)) rows.push(row)
  return rows
}
