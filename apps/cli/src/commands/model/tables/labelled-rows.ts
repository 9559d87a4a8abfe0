import {
  BatchFormatError,
  type Cell,
  type Feature,
  placesOf,
  type Row,
  readCell,
} from '@dsapi/inference'
import { CsvParser } from '@dsapi/model'
import { CliError } from '../../../terminal/cli-error.ts'
import { findSeparator } from './find-separator.ts'
import { readTextFile } from './read-text-file.ts'

/** The rows of a file for a model, and what it should answer to them. */
export type LabelledRows = {
  /** Each in the order of the features. */
  readonly rows: readonly Row[]
  readonly labels: readonly string[]
  /** The line of the file in which each row begins. */
  readonly lines: readonly number[]
}

/**
 * Reads the rows of a CSV file as a model reads those of a batch. Rows without a label are left out.
 *
 * @param given the separator; where it is absent it is found out
 * @throws CliError when a column is not there or a cell is not of the type of its feature; the message names the line
 */
export const readLabelledRows = async (
  file: string,
  label: string,
  features: readonly Feature[],
  given?: string,
): Promise<LabelledRows> => {
  const { separator, pieces } = await findSeparator(readTextFile(file), label)
  const rows: Row[] = []
  const labels: string[] = []
  const lines: number[] = []
  let places: readonly number[] | undefined
  const parser = new CsvParser(
    ({ fields, line }) => {
      if (places === undefined) {
        const names = fields.map((name) => name.trim())
        places = findPlaces(file, names, features, label)
        return
      }
      const cellAt = (place: number) => fields[place] ?? ''
      const answer = cellAt(places[features.length]).trim()
      if (answer === '') return
      const row: Cell[] = []
      for (const [j, feature] of features.entries()) {
        const cell = readCell(feature, cellAt(places[j]))
        if (cell === undefined) throw wrongCell(file, line, feature)
        row.push(cell)
      }
      rows.push(row)
      labels.push(answer)
      lines.push(line)
    },
    { delimiter: given ?? separator },
  )
  for await (const piece of pieces) parser.write(piece)
  parser.end()
  if (labels.length === 0) throw new CliError(`${JSON.stringify(file)} has no rows with a label`)
  return { rows, labels, lines }
}

const findPlaces = (
  file: string,
  columns: readonly string[],
  features: readonly Feature[],
  label: string,
) => {
  const shown = JSON.stringify(file)
  if (!columns.includes(label)) {
    throw new CliError(
      `${shown} has no column ${JSON.stringify(label)}. Name the one with the right answers: --label COLUMN`,
    )
  }
  try {
    return placesOf(columns, [...features.map(({ name }) => name), label])
  } catch (error) {
    if (!(error instanceof BatchFormatError)) throw error
    throw new CliError(`${shown}: ${error.message}`)
  }
}

const wrongCell = (file: string, line: number, { name, type }: Feature) =>
  new CliError(
    `${JSON.stringify(file)}, line ${line}: the cell of the column ${JSON.stringify(name)} is no value of type ${type}, which the model takes`,
  )
