import { ModelError, type ModelErrorFacts } from '../errors.ts'
import { show } from './show.ts'

/**
 * Makes sure that a value is an array of some kind: an array, a typed array, or an object with a length and a last item. An
 * object that only claims a length would take the memory for it.
 *
 * @throws {ModelError} `invalid_data`
 */
export function checkArrayLike(value: unknown, name: string, facts: ModelErrorFacts = {}): void {
  if (isArrayLike(value)) return
  throw new ModelError('invalid_data', `${name} is ${show(value)}; expected an array`, facts)
}

function isArrayLike(value: unknown): boolean {
  if (Array.isArray(value) || isTypedArray(value)) return true
  if (typeof value !== 'object' || value === null || !('length' in value)) return false
  const { length } = value
  if (typeof length !== 'number' || !Number.isInteger(length)) return false
  return length === 0 || length - 1 in value
}

/** A typed array of numbers: its values cannot be anything else. */
export function isTypedArray(value: unknown): value is Float64Array {
  if (value instanceof Float64Array) return true // The most frequent one, and the quickest answer.
  return (
    ArrayBuffer.isView(value) &&
    !(value instanceof DataView) &&
    !(value instanceof BigInt64Array) &&
    !(value instanceof BigUint64Array)
  )
}

/**
 * Copies numbers into an array of doubles. A typed array would make numbers of null, '', false, dates
 * and text: whatever is no number is refused. NaN and infinite numbers are taken.
 *
 * @param refuse throws an error about the value at a place
 */
export function copyNumbers(
  target: Float64Array,
  start: number,
  values: ArrayLike<number>,
  refuse: (value: unknown, at: number) => never,
): void {
  if (!Array.isArray(values) && isTypedArray(values)) {
    target.set(values, start)
    return
  }
  for (let at = 0; at < values.length; at++) {
    const value = values[at]
    if (typeof value !== 'number') refuse(value, at)
    target[start + at] = value
  }
}

/**
 * Doubles of one finite number each.
 *
 * @throws {ModelError} `invalid_data`, naming the row
 */
export function toFiniteNumbers(values: ArrayLike<number>, name: string): Float64Array {
  checkArrayLike(values, name)
  const numbers = new Float64Array(values.length)
  const refuse = (value: unknown, row: number): never => {
    throw new ModelError(
      'invalid_data',
      `${name} is ${show(value)} in row ${row}; expected a finite number`,
      { row },
    )
  }
  copyNumbers(numbers, 0, values, refuse)
  const row = numbers.findIndex((value) => !Number.isFinite(value))
  return row === -1 ? numbers : refuse(numbers[row], row)
}
