import { CsvParser, ModelError, parseDecimal } from '@dsapi/model'
import { BatchFormatError } from '../batches/batch-input.ts'
import type { ModelInfo, Output } from '../model-info.ts'
import { createCellReader } from '../protocols/csv/cell-reader.ts'
import { shorten } from '../protocols/shorten.ts'
import type { Row } from '../row.ts'
import { WrongSamplesError } from './samples.ts'

/** A file of samples, before its rows are read. */
export type FileOfSamples = {
  /** Read each row, or say in words what is wrong with it. A row is overwritten by the next one. */
  readonly rows: readonly (() => Row | string)[]
  readonly expected: readonly unknown[]
  readonly tolerance?: number
  readonly mayDiffer: number
}

const prefix = 'expected'

/** @throws WrongSamplesError */
export const readCsvSamples = (text: string, { features, output }: ModelInfo): FileOfSamples => {
  const [header = [], ...records] = parse(text)
  const columns = header.map((name) => name.trim())
  const clash = features.find(({ name }) => name === prefix || name.startsWith(`${prefix}_`))
  if (clash !== undefined) {
    throw wrong(
      `cannot be CSV, because the feature ${JSON.stringify(shorten(clash.name))} is named as a column of answers is. Use JSON`,
    )
  }
  try {
    const readCells = createCellReader(features, columns)
    const readAnswer = createAnswerReader(output, columns)
    return {
      rows: records.map((cells) => () => readCells(cells)),
      expected: records.map(readAnswer),
      mayDiffer: 0,
    }
  } catch (error) {
    throw error instanceof BatchFormatError ? wrong(`are incomplete. ${error.message}`) : error
  }
}

const parse = (text: string) => {
  const records: (readonly string[])[] = []
  const parser = new CsvParser(({ fields }) => {
    // An empty line.
    if (fields.length > 1 || fields[0].trim() !== '') records.push(fields)
  })
  try {
    parser.write(text)
    parser.end()
  } catch (error) {
    if (!(error instanceof ModelError)) throw error
    throw wrong(`are not valid CSV: ${error.message}`)
  }
  return records
}

/** Makes what reads the answer in the cells of a row, as JSON would have it. */
const createAnswerReader = (
  output: Output,
  columns: readonly string[],
): ((cells: readonly string[]) => unknown) => {
  const names = output.type === 'classes' ? output.classes.map(String) : output.names
  const single = columns.indexOf(prefix)
  const places = names.map((name) => columns.indexOf(`${prefix}_${name}`))
  const missing = places.indexOf(-1)
  const numbersOf = (cells: readonly string[]) => places.map((place) => numberOf(cells[place]))
  if (output.type === 'classes') {
    const labelOf = (cells: readonly string[]) => {
      const cell = cells[single]?.trim()
      return names.includes(cell) ? cell : numberOf(cell)
    }
    if (missing < 0 && single < 0) return numbersOf
    if (missing < 0) {
      return (cells) => ({ class: labelOf(cells), class_probabilities: numbersOf(cells) })
    }
    if (single >= 0) return labelOf
  } else {
    if (single >= 0) return (cells) => numberOf(cells[single])
    if (missing < 0) return numbersOf
  }
  throw wrong(
    `have no column \`${prefix}\`, and no column \`${prefix}_${shorten(names[missing])}\`: one is needed for the answers`,
  )
}

/** What is no number stays as it is, for the message about it. */
const numberOf = (cell: string | undefined) => parseDecimal(cell?.trim() ?? '') ?? cell

const wrong = (problem: string) => new WrongSamplesError(`The samples ${problem}`)
