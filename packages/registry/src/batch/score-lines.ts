import { CsvParser, type LogisticRegressionModel, ModelError } from '@dsapi/model'
import { indexOfLargest } from '../prediction.ts'
import { type BatchFormat, BatchFormatError } from './batch-input.ts'
import { createCellReader, createJsonReader, type ReadRow } from './row-reader.ts'
import { writeCell } from './write-cell.ts'

/** What came of some rows, as lines of CSV in the same order, and how many there were. */
export type ScoredLines = {
  readonly output: string
  readonly rows: number
  /** How many of them could not be scored; the last cell of each says why. */
  readonly failedRows: number
  /** How many characters of the text were read; the rest waits until the output is written. */
  readonly readTo: number
}

/** How long an output becomes, but for its last row, in characters: what is held in memory at a time. */
const mostOutput = 2 ** 20
/** How much is taken apart before it is asked whether the output is long enough, in characters. */
const sliceLength = 2 ** 16

/** The first line of a batch's result: a row's number (from 1), its class, the probability of each
 * class, and, where it could not be scored, why. */
export const resultHeader = (model: LogisticRegressionModel): string =>
  ['row', 'class', ...model.classes.map((label) => `probability_${label}`), 'error']
    .map(writeCell)
    .join(',')

/**
 * Scores rows of a batch, until the output is about a megabyte; empty lines are left out.
 *
 * @param text whole rows, each with its line end but perhaps the last
 * @param firstRow the number of the first row
 * @throws BatchFormatError when the rows cannot be told apart, or lack a column that the model needs
 */
export const scoreLines = (
  model: LogisticRegressionModel,
  format: BatchFormat,
  text: string,
  firstRow: number,
): ScoredLines => {
  const output = createOutput(model, firstRow)
  const readTo =
    format.type === 'csv'
      ? scoreCsv(createCellReader(model, format.columns), text, output)
      : scoreNdjson(createJsonReader(model), text, output)
  return { ...output.written(), readTo }
}

type Output = {
  readonly add: (row: ReadRow) => void
  readonly isFull: () => boolean
  readonly written: () => Omit<ScoredLines, 'readTo'>
}

const createOutput = (model: LogisticRegressionModel, firstRow: number): Output => {
  const labels = model.classes.map((label) => writeCell(String(label)))
  const noAnswer = ','.repeat(labels.length + 2)
  const lines: string[] = []
  let length = 0
  let failedRows = 0
  const lineOf = (row: ReadRow) => {
    const number = firstRow + lines.length
    if (typeof row === 'string') {
      failedRows++
      return `${number}${noAnswer}${writeCell(row)}\n`
    }
    const probabilities = model.predictProbaOne(row)
    return `${number},${labels[indexOfLargest(probabilities)]},${probabilities.join(',')},\n`
  }
  return {
    add: (row) => {
      const line = lineOf(row)
      lines.push(line)
      length += line.length
    },
    isFull: () => length >= mostOutput,
    written: () => ({ output: lines.join(''), rows: lines.length, failedRows }),
  }
}

const scoreCsv = (
  read: (cells: readonly string[]) => ReadRow,
  text: string,
  output: Output,
): number => {
  let readTo = 0
  const parser = new CsvParser(({ fields }, end) => {
    if (output.isFull()) return
    readTo = end
    if (!isBlank(fields)) output.add(read(fields))
  })
  try {
    for (let at = 0; at < text.length; at += sliceLength) {
      if (output.isFull()) return readTo
      parser.write(text.slice(at, at + sliceLength))
    }
    if (output.isFull()) return readTo
    parser.end()
    return text.length
  } catch (error) {
    if (!(error instanceof ModelError)) throw error
    throw new BatchFormatError(`The rows are not valid CSV: ${error.message}`)
  }
}

/** A line of white space. An empty field was in quotes: without them there would be no record. */
const isBlank = (fields: readonly string[]) =>
  fields.length === 1 && fields[0] !== '' && fields[0].trim() === ''

const scoreNdjson = (read: (line: string) => ReadRow, text: string, output: Output): number => {
  let at = 0
  while (at < text.length && !output.isFull()) {
    const lineEnd = text.indexOf('\n', at)
    const end = lineEnd < 0 ? text.length : lineEnd
    const line = text.slice(at, end)
    if (line.trim() !== '') output.add(read(line))
    at = end + 1
  }
  return Math.min(at, text.length)
}
