import { parseFeatures, readNumber, wrongNumber } from '../dsapi-json/features.ts'
import { problemOf } from '../row-problem.ts'
import { shorten } from '../shorten.ts'

/** Writes the numbers of a row from a place on, or says in one short text why there are none. */
type ReadLine = (line: string, numbers: Float64Array, at: number) => string | undefined

/** Makes what reads one row of JSON: an array of values, or an object with a member for each feature. */
export const createLineReader = (featureNames: readonly string[]): ReadLine => {
  const readArray = (values: readonly unknown[], numbers: Float64Array, at: number) => {
    if (values.length !== featureNames.length) {
      return `has ${values.length} of ${featureNames.length} values`
    }
    let first = ''
    let wrong = 0
    for (const [index, value] of values.entries()) {
      const number = readNumber(value)
      if (number !== undefined) numbers[at + index] = number
      else if (wrong++ === 0) first = `${shorten(featureNames[index])} ${wrongNumber(value)}`
    }
    return wrong === 0 ? undefined : problemOf(first, wrong)
  }

  return (line, numbers, at) => {
    const value = parseJson(line)
    if (value === undefined) return 'is not valid JSON'
    if (Array.isArray(value)) return readArray(value, numbers, at)
    const parsed = parseFeatures(featureNames, value, 1)
    if (parsed.ok) {
      numbers.set(parsed.row, at)
      return undefined
    }
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
