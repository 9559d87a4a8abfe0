import {
  BatchFormatError,
  type Cell,
  type Feature,
  placesOf,
  type Row,
  readCell,
} from '@dsapi/inference'
import {
  CsvParser,
  columnNames,
  findColumn,
  isMissingText,
  ModelError,
  readNumberCell,
} from '@dsapi/model'
import { CliError } from '../../../terminal/cli-error.ts'
import { openTable } from './open-table.ts'
import { nameOfFile } from './read-bytes.ts'
import type { TableLayout, TableSource } from './table-options.ts'

/** The rows of a file for a model, and what it should answer to them. */
export type LabelledRows = {
  /** Each in the order of the features. */
  readonly rows: readonly Row[]
  readonly labels: readonly string[]
  /** The line of the file in which each row begins. */
  readonly lines: readonly number[]
}

/** Which rows to read, and how. */
type LabelledSource = TableLayout & Pick<TableSource, 'missing' | 'missingLabels'>

/**
 * Reads the rows of a CSV file for a model, as rows of training are read: a word such as NA stands for a missing value, and
 * 1,5 and dates become numbers. Rows without a label are left out.
 *
 * @param label the name of the column with the right answers, or its position
 * @throws CliError when a column is not there or a cell is not of the type of its feature; the message names the line
 */
export const readLabelledRows = async (
  file: string,
  label: string,
  features: readonly Feature[],
  source: LabelledSource = {},
): Promise<LabelledRows> => {
  const { format, pieces } = await openTable(file, label, source)
  const isMissing = missingBy(source.missing)
  const rows: Row[] = []
  const labels: string[] = []
  const lines: number[] = []
  let places: readonly number[] | undefined
  const parser = new CsvParser(({ fields, line }) => {
    if (places === undefined) {
      places = findPlaces(file, columnNames(fields, format), features, label)
      if (format.hasHeader) return
    }
    const cellAt = (place: number) => (fields[place] ?? '').trim()
    const answer = cellAt(places[features.length])
    if (answer === '' || (source.missingLabels !== 'keep' && isMissing(answer))) return
    const row: Cell[] = []
    for (const [j, feature] of features.entries()) {
      const cell = cellOf(feature, cellAt(places[j]), format.delimiter, isMissing)
      if (cell === undefined) throw wrongCell(file, line, feature)
      row.push(cell)
    }
    rows.push(row)
    labels.push(answer)
    lines.push(line)
  }, format)
  for await (const piece of pieces) parser.write(piece.toString('utf8'))
  parser.end()
  if (labels.length === 0) throw new CliError(`${nameOfFile(file)} has no rows with a label`)
  return { rows, labels, lines }
}

const missingBy = (words: readonly string[] = []) => {
  const given = new Set(words)
  return (text: string) => isMissingText(text) || given.has(text)
}

const cellOf = (
  feature: Feature,
  text: string,
  delimiter: string,
  isMissing: (text: string) => boolean,
): Cell | undefined => {
  const isKnown = feature.categories?.includes(text) ?? false
  if (!isKnown && isMissing(text)) return readCell(feature, '')
  const cell = readCell(feature, text)
  if (cell !== undefined || feature.type === 'text') return cell
  const number = readNumberCell(text, delimiter)
  return number === undefined ? undefined : readCell(feature, String(number))
}

const findPlaces = (
  file: string,
  columns: readonly string[],
  features: readonly Feature[],
  label: string,
) => {
  const shown = nameOfFile(file)
  try {
    const places = placesOf(
      columns,
      features.map(({ name }) => name),
    )
    return [...places, findColumn(label, columns, 'the labels')]
  } catch (error) {
    if (error instanceof ModelError) {
      throw new CliError(
        `${shown} has no column ${JSON.stringify(label)}. Name the one with the right answers: --label COLUMN`,
      )
    }
    if (!(error instanceof BatchFormatError)) throw error
    throw new CliError(`${shown}: ${error.message}`)
  }
}

const wrongCell = (file: string, line: number, { name, type }: Feature) =>
  new CliError(
    `${nameOfFile(file)}, line ${line}: the cell of the column ${JSON.stringify(name)} is no value of type ${type}, which the model takes`,
  )
