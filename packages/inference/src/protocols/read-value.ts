import { parseDecimal } from '@dsapi/model'
import type { Feature } from '../model-info.ts'
import type { Cell } from '../row.ts'

/**
 * Reads one value of a feature. Numbers and booleans may be given as text, as a path and CSV do. Null and undefined stand
 * for a missing value. Whether a model knows a category is for the model to say.
 *
 * @returns undefined for what the feature cannot have
 */
export const readValue = ({ type, nullable }: Feature, given: unknown): Cell | undefined => {
  if (given === null || given === undefined) return nullable ? null : undefined
  switch (type) {
    case 'number':
      return readNumber(given)
    case 'integer':
      return readInteger(given)
    case 'boolean':
      return readBoolean(given)
    case 'text':
      return typeof given === 'string' ? given : undefined
  }
}

const readNumber = (given: unknown): number | undefined => {
  if (typeof given === 'string') return parseDecimal(given)
  return typeof given === 'number' && Number.isFinite(given) ? given : undefined
}

const readInteger = (given: unknown): number | undefined => {
  const number = readNumber(given)
  return Number.isInteger(number) ? number : undefined
}

/** As JSON, Python and numbers write them. */
const readBoolean = (given: unknown): number | undefined => {
  if (given === true || given === 'true' || given === 'True') return 1
  if (given === false || given === 'false' || given === 'False') return 0
  const number = readNumber(given)
  return number === 0 || number === 1 ? number : undefined
}

/**
 * Reads a cell of CSV. An empty one stands for a missing value. White space around numbers and booleans does not count.
 *
 * @returns undefined for what the feature cannot have
 */
export const readCell = (feature: Feature, cell: string): Cell | undefined => {
  const text = feature.type === 'text' ? cell : cell.trim()
  return readValue(feature, text === '' ? null : text)
}

/** What a feature may have, in words that follow "must be" and "is not". */
export const expectedValue = ({ type }: Feature): string => expected[type]

const expected: Readonly<Record<Feature['type'], string>> = {
  number: 'a finite decimal number',
  integer: 'a whole number',
  boolean: 'true or false',
  text: 'text',
}

/** What is wrong with a value that cannot be read. */
export const wrongValue = (feature: Feature, given: unknown): string =>
  given === undefined
    ? 'is missing'
    : `must be ${expectedValue(feature)}, but is ${describe(feature, given)}`

const describe = ({ type }: Feature, given: unknown) => {
  if (given === null) return 'null'
  if (Array.isArray(given)) return 'an array'
  if (typeof given === 'string') return 'other text'
  if (typeof given !== 'number') return `a value of type ${typeof given}`
  if (type === 'text') return 'a number'
  return Number.isFinite(given) ? 'another number' : 'too large for a double'
}
