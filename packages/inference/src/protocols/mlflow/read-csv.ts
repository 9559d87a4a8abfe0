import { CsvParser, ModelError, parseDecimal } from '@dsapi/model'
import type { Batch } from '../../batch.ts'
import { BatchBuilder } from '../../batch-builder.ts'
import type { Feature } from '../../model-info.ts'
import type { Cell } from '../../row.ts'
import { Stopped } from '../json/json-problem.ts'
import { textOf } from '../json/json-span.ts'
import { mostCells } from '../json/most-cells.ts'
import { inColumns, inOrder, type RowLayout } from '../json/row-layout.ts'
import { Wrong, WrongColumns } from '../json/wrong.ts'
import { expectedValue, readCell } from '../read-value.ts'
import { shorten } from '../shorten.ts'

type CsvOptions = {
  /** Whether a first line of numbers alone is a row: then the columns are in the order of the features. */
  readonly mayLackHeader: boolean
}

/**
 * Reads CSV with a header, as pandas does: the columns may be in any order and among others, and some words stand for what is
 * missing.
 *
 * @throws what `jsonProblem` knows
 */
export const readCsv = (
  body: Uint8Array,
  features: readonly Feature[],
  { mayLackHeader }: CsvOptions,
): Batch => {
  const builder = new BatchBuilder(features)
  const most = mostCells(body.length) / features.length
  let layout: RowLayout | undefined
  const parser = new CsvParser(({ fields, line }) => {
    if (fields.length === 1 && fields[0].trim() === '' && fields[0] !== '') return
    if (layout === undefined) {
      const isRow = mayLackHeader && areNumbers(fields)
      layout = isRow ? inOrder(features, 'row', 'ignored') : headerOf(fields, features)
      if (!isRow) return
    }
    if (builder.nRows >= most) throw tooMany()
    builder.add(rowOf(fields, line, layout, features))
  })
  try {
    parser.write(textOf(body, { start: 0, end: body.length }))
    parser.end()
  } catch (error) {
    if (!(error instanceof ModelError)) throw error
    throw new Stopped(Wrong.of(`The body is not valid CSV: ${error.message}`))
  }
  if (layout === undefined) throw new Stopped(Wrong.of('The body is empty. CSV has a header'))
  return builder.batch()
}

const areNumbers = (fields: readonly string[]) =>
  fields.every((cell) => parseDecimal(cell.trim()) !== undefined)

const headerOf = (fields: readonly string[], features: readonly Feature[]): RowLayout => {
  const names = fields.map((name) => name.trim())
  const layout = inColumns(features, 'header', names)
  if (!(layout instanceof Wrong)) return layout
  const { field, message } = layout
  const text = `The header of the CSV ${message}`
  throw new Stopped(
    layout instanceof WrongColumns
      ? new WrongColumns(field, message, text)
      : new Wrong(field, message, text),
  )
}

const rowOf = (
  fields: readonly string[],
  line: number,
  { places, width }: RowLayout,
  features: readonly Feature[],
): readonly Cell[] => {
  const at = `line ${line}`
  if (fields.length !== width) {
    const message = `has ${fields.length} values instead of ${width}`
    throw new Stopped(new WrongColumns(at, message, `The ${at} of the CSV ${message}`))
  }
  return features.map((feature, k) => {
    const place = places[k]
    if (place === undefined) return null
    const text = fields[place]
    const cell = readCell(feature, isMissing(feature, text) ? '' : text)
    if (cell !== undefined) return cell
    const message = isMissing(feature, text)
      ? 'is missing, and must not be'
      : `must be ${expectedValue(feature)}`
    const name = shorten(feature.name)
    const whole = `The column ${name} in ${at} of the CSV ${message}`
    throw new Stopped(new Wrong(`${at}.${name}`, message, whole))
  })
}

const tooMany = () =>
  new Stopped(Wrong.of('The CSV has too many rows that lack most of the features'))

/** What pandas takes for missing (`pandas.read_csv`, `na_values`). */
const missingWords = new Set([
  ...['', '#N/A', '#N/A N/A', '#NA', '-1.#IND', '-1.#QNAN', '-NaN', '-nan', '1.#IND', '1.#QNAN'],
  ...['<NA>', 'N/A', 'NA', 'NULL', 'NaN', 'None', 'n/a', 'nan', 'null'],
])

/** A text that must be there is no missing one, whatever it is. */
const isMissing = ({ type, nullable }: Feature, text: string) =>
  type === 'text' ? nullable && missingWords.has(text) : missingWords.has(text.trim())
