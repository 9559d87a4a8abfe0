import { type Cell, type Feature, placesOf, readCell } from '@dsapi/inference'
import { CsvParser, type Label, parseDecimal } from '@dsapi/model'
import { CliError } from '../../terminal/cli-error.ts'
import { findSeparator } from './find-separator.ts'
import { readTextFile } from './read-text-file.ts'

/** The data that a model was fitted to, by its features, and what it was to answer. */
export type TrainingCells = {
  readonly nRows: number
  /** In the order of the features. */
  readonly columns: readonly (readonly Cell[])[]
  readonly y: readonly Label[]
}

/**
 * Reads the columns of a CSV file as a model reads the rows of a batch. Rows without a label are left out.
 *
 * @throws CliError when a column is not there or a cell is not of the type of its feature; the message names the line
 */
export const readTrainingCells = async (
  file: string,
  label: string,
  features: readonly Feature[],
  given?: string,
): Promise<TrainingCells> => {
  const { separator, pieces } = await findSeparator(readTextFile(file), label)
  const columns: Cell[][] = features.map(() => [])
  const labels: string[] = []
  let places: readonly number[] | undefined
  const parser = new CsvParser(
    ({ fields, line }) => {
      if (places === undefined) {
        const names = fields.map((name) => name.trim())
        places = placesOf(names, [...features.map(({ name }) => name), label])
        return
      }
      const answer = (fields[places[features.length]] ?? '').trim()
      if (answer === '') return
      labels.push(answer)
      for (const [j, feature] of features.entries()) {
        const cell = readCell(feature, fields[places[j]] ?? '')
        if (cell === undefined) throw wrongCell(file, line, feature)
        columns[j].push(cell)
      }
    },
    { delimiter: given ?? separator },
  )
  for await (const piece of pieces) parser.write(piece)
  parser.end()
  if (labels.length === 0) throw new CliError(`${JSON.stringify(file)} has no rows with a label`)
  return { nRows: labels.length, columns, y: asLabels(labels) }
}

const wrongCell = (file: string, line: number, { name, type }: Feature) =>
  new CliError(
    `${JSON.stringify(file)}, line ${line}: the cell of the column ${JSON.stringify(name)} is no value of type ${type}, which the served model takes`,
  )

/** Labels are numbers if all of them are. */
const asLabels = (labels: readonly string[]): readonly Label[] => {
  const numbers = labels.flatMap((label) => parseDecimal(label) ?? [])
  return numbers.length === labels.length ? numbers : labels
}
