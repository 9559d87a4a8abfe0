import { BatchBuilder } from '../batch-builder.ts'
import type { ModelInfo } from '../model-info.ts'
import type { Row } from '../row.ts'
import { type FileOfSamples, readCsvSamples } from './read-csv-samples.ts'
import { createExpectedReader } from './read-expected.ts'
import { readJsonSamples } from './read-json-samples.ts'
import {
  longestSamples,
  mostSampleNumbers,
  mostSamples,
  type Samples,
  WrongSamplesError,
} from './samples.ts'

/**
 * Reads samples. They are JSON, or CSV with a header.
 *
 * JSON is `{"rows": […], "expected": […], "tolerance": 1e-6, "mayDiffer": 0.01}`. A row is an object or an array, with
 * null for what is missing. An expected answer is what the API answers, or a label, a value, or an array of
 * probabilities or values.
 *
 * CSV has a column for each feature. `expected` has the label or value; `expected_NAME` has the probability of the class,
 * or the value, of that name.
 *
 * @throws WrongSamplesError when they cannot be read, or do not go with the model
 */
export const readSamples = (text: string, info: ModelInfo): Samples => {
  if (text.length > longestSamples) {
    throw new WrongSamplesError(
      `The samples have ${text.length} characters, and ${longestSamples} is the limit. Give fewer rows`,
    )
  }
  const isJson = text.trimStart().startsWith('{')
  const { rows, expected, ...limits } = isJson
    ? readJsonSamples(text, info.features)
    : readCsvSamples(text, info)
  checkCount(rows.length, expected.length, info.features.length)
  return { ...readRows({ rows, expected }, info), ...limits }
}

const checkCount = (rows: number, expected: number, features: number) => {
  const problem = countProblem(rows, expected, features)
  if (problem !== undefined) throw new WrongSamplesError(problem)
}

const countProblem = (rows: number, expected: number, features: number) => {
  if (rows !== expected) return `The samples have ${rows} rows, but ${expected} expected answers`
  if (rows === 0) return 'The samples have no rows'
  if (rows > mostSamples) return `The samples have ${rows} rows, and ${mostSamples} is the limit`
  return rows * features > mostSampleNumbers
    ? `The samples have ${rows} rows of ${features} features. ${mostSampleNumbers} values is the limit: give fewer rows`
    : undefined
}

const readRows = (
  { rows, expected }: Pick<FileOfSamples, 'rows' | 'expected'>,
  { features, output }: ModelInfo,
): Pick<Samples, 'rows' | 'expected'> => {
  const builder = new BatchBuilder(features, rows.length)
  const readExpected = createExpectedReader(output, expected)
  const answers = rows.map((readRow, place) => {
    builder.add(required(readRow(), `Row ${place + 1} of the samples`))
    return required(readExpected(expected[place]), `The answer to row ${place + 1} of the samples`)
  })
  return { rows: builder, expected: answers }
}

const required = <T extends Row | object>(read: T | string, subject: string): T => {
  if (typeof read === 'string') throw new WrongSamplesError(`${subject} ${read}`)
  return read
}
