import type { Span } from '../json/json-span.ts'
import type { Wrong } from '../json/wrong.ts'
import type { Datatype } from './datatypes.ts'
import type { Input } from './input.ts'
import { readElements } from './json-elements.ts'
import { makeNumbers, type Numbers } from './numbers.ts'

/**
 * Reads the numbers of an input from its `data`; NaN stands for null.
 *
 * @throws what `jsonProblem` knows
 */
export const readJsonNumbers = (json: Uint8Array, input: Input, span: Span): Numbers | Wrong => {
  const { datatype, size } = input
  // Each takes two bytes at least, so a shape takes no more memory than what was sent.
  const most = Math.min(size, Math.ceil((span.end - span.start) / 2))
  const numbers = makeNumbers(datatype, most)
  const convert = converterOf(datatype)
  const wrong = readElements(json, input, span, (value, index) => {
    const number = value === null ? Number.NaN : convert(value)
    if (typeof number === 'string') return number
    numbers[index] = number
    return undefined
  })
  return wrong ?? numbers
}

/** Makes a number of an element, or says what is wrong with it. */
const converterOf = (datatype: Datatype): ((value: unknown) => number | string) => {
  switch (datatype.kind) {
    case 'bool':
      return (value) => (typeof value === 'boolean' ? Number(value) : 'must be true or false')
    case 'integer': {
      const { least, most, name, bytes } = datatype
      const range = `must be a whole number from ${least} to ${most}, as ${name} has it`
      const text = bytes === 8 ? `${range} in JSON; a binary tensor takes larger ones` : range
      return (value) =>
        Number.isInteger(value) && Number(value) >= least && Number(value) <= most
          ? Number(value)
          : text
    }
    case 'float': {
      const largest = datatype.bytes === 4 ? largestSingle : Number.MAX_VALUE
      const text = `must be a finite number in the range of ${datatype.name}`
      return (value) => {
        if (typeof value !== 'number') return 'must be a number'
        return Math.abs(value) <= largest ? value : text
      }
    }
    case 'bytes':
      return () => 'must be a number'
  }
}

/** What is larger would become infinite. */
const largestSingle = 2 ** 127 * (2 - 2 ** -24)
