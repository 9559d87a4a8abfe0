import type { LogisticRegressionModel } from '@dsapi/model'
import { parseDecimal } from '../decimal.ts'
import { parseFeatures, readNumber, wrongNumber } from '../features.ts'
import { placesOf } from './csv-columns.ts'
import { shorten } from './shorten.ts'

/** The numbers of one row in the order of the model's features, or why there are none: one short text. */
export type ReadRow = readonly number[] | string

/** What is wrong with a row: its first problem, and how many more there are. */
const problemOf = (first: string, count: number) =>
  count > 1 ? `${first} (and ${count - 1} more)` : first

/**
 * Makes what reads the cells of one row.
 *
 * @throws BatchFormatError when the batch lacks a column that the model needs
 */
export const createCellReader = (
  { featureNames }: LogisticRegressionModel,
  columns: readonly string[],
): ((cells: readonly string[]) => ReadRow) => {
  const places = placesOf(columns, featureNames)
  return (cells) => {
    if (cells.length !== columns.length) {
      return `has ${cells.length} of ${columns.length} cells`
    }
    const row: number[] = []
    let first = ''
    let wrong = 0
    for (let i = 0; i < places.length; i++) {
      const value = parseDecimal(cells[places[i]].trim())
      if (value !== undefined) row.push(value)
      else if (wrong++ === 0) first = `${shorten(featureNames[i])} is not a finite decimal number`
    }
    return wrong === 0 ? row : problemOf(first, wrong)
  }
}

/** Makes what reads one row of JSON: an array of values, or an object with a member for each feature. */
export const createJsonReader = ({
  featureNames,
}: LogisticRegressionModel): ((line: string) => ReadRow) => {
  const readArray = (values: readonly unknown[]): ReadRow => {
    if (values.length !== featureNames.length) {
      return `has ${values.length} of ${featureNames.length} values`
    }
    const row: number[] = []
    let first = ''
    let wrong = 0
    for (const [index, value] of values.entries()) {
      const number = readNumber(value)
      if (number !== undefined) row.push(number)
      else if (wrong++ === 0) first = `${shorten(featureNames[index])} ${wrongNumber(value)}`
    }
    return wrong === 0 ? row : problemOf(first, wrong)
  }

  return (line) => {
    const value = parseJson(line)
    if (value === undefined) return 'is not valid JSON'
    if (Array.isArray(value)) return readArray(value)
    const parsed = parseFeatures(featureNames, value, 1)
    if (parsed.ok) return parsed.row
    const [{ field, message }] = parsed.problems
    return problemOf(`${shorten(field)} ${shorten(message, 100)}`.trim(), 1 + parsed.more)
  }
}

const parseJson = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
