import type { LogisticRegressionModel } from '@dsapi/model'
import { parseDecimal } from '../decimal.ts'
import { parseFeatures } from '../features.ts'
import { indexOfLargest } from '../prediction.ts'
import type { BatchFormat } from './batch-input.ts'
import { readCells, writeCell } from './csv-cells.ts'

/** What came of some lines, as lines of CSV in the same order, and how many there were. */
export type ScoredLines = {
  readonly output: string
  readonly rows: number
  /** How many of them could not be scored; the last cell of each says why. */
  readonly failedRows: number
}

type Row = readonly number[]
/** One row for the model, or why a line is none. */
type ReadLine = (line: string) => Row | string

/** The first line of a batch's result: a row's number (from 1), its class, the probability of each
 * class, and, where it could not be scored, why. */
export const resultHeader = (model: LogisticRegressionModel): string =>
  ['row', 'class', ...model.classes.map((label) => `probability_${label}`), 'error']
    .map(writeCell)
    .join(',')

/**
 * Scores lines of a batch; empty ones are left out.
 *
 * @param text whole lines, each with its line end but perhaps the last
 * @param firstRow the number of the first row
 */
export const scoreLines = (
  model: LogisticRegressionModel,
  format: BatchFormat,
  text: string,
  firstRow: number,
): ScoredLines => {
  const read = format.type === 'csv' ? readCsv(model, format.columns) : readNdjson(model)
  const labels = model.classes.map((label) => writeCell(String(label)))
  const noAnswer = ','.repeat(labels.length + 2)
  const output: string[] = []
  let failedRows = 0
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const number = firstRow + output.length
    const row = read(line)
    if (typeof row === 'string') {
      failedRows++
      output.push(`${number}${noAnswer}${writeCell(row)}\n`)
    } else {
      const probabilities = model.predictProbaOne(row)
      const label = labels[indexOfLargest(probabilities)]
      output.push(`${number},${label},${probabilities.join(',')},\n`)
    }
  }
  return { output: output.join(''), rows: output.length, failedRows }
}

const readCsv = (model: LogisticRegressionModel, columns: readonly string[]): ReadLine => {
  const places = model.featureNames.map((name) => columns.indexOf(name))
  return (line) => {
    const cells = readCells(line)
    if (cells.length !== columns.length) {
      return `it has ${cells.length} cells, but the header has ${columns.length}`
    }
    const row: number[] = []
    for (const [index, place] of places.entries()) {
      const value = place < 0 ? undefined : parseDecimal(cells[place].trim())
      if (value === undefined) return `${model.featureNames[index]} is not a finite decimal number`
      row.push(value)
    }
    return row
  }
}

const readNdjson =
  ({ featureNames }: LogisticRegressionModel): ReadLine =>
  (line) => {
    const value = parseJson(line)
    if (value === undefined) return 'it is not valid JSON'
    const named = Array.isArray(value) ? nameCells(featureNames, value) : value
    if (typeof named === 'string') return named
    const parsed = parseFeatures(featureNames, named)
    return parsed.ok
      ? parsed.row
      : parsed.problems.map(({ field, message }) => `${field} ${message}`.trim()).join('; ')
  }

const nameCells = (names: readonly string[], values: readonly unknown[]) =>
  values.length === names.length
    ? Object.fromEntries(names.map((name, index) => [name, values[index]]))
    : `it has ${values.length} values, but the model has ${names.length} features`

const parseJson = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
