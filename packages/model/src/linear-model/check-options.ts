import { ModelError } from '../errors.ts'
import { nearName } from '../table/near-name.ts'
import { show } from '../validation/show.ts'

/**
 * Makes sure that options are an object, and that each of its members is a known option: a name that is
 * none, such as scikit-learn's `max_iter`, would count for nothing.
 *
 * @param owner what the options belong to
 * @throws {ModelError} `invalid_option`, naming the member and what was probably meant
 */
export function checkMembers(options: unknown, known: readonly string[], owner: string): void {
  if (typeof options !== 'object' || options === null || isList(options)) {
    throw new ModelError(
      'invalid_option',
      `the options of ${owner} are ${show(options)}; expected an object`,
    )
  }
  const unknown = Object.keys(options).find((name) => !known.includes(name))
  if (unknown === undefined) return
  const near = nearName(unknown, known)
  const expected = near === undefined ? `one of ${known.join(', ')}` : near
  throw new ModelError(
    'invalid_option',
    `${owner} has no option ${show(unknown)}; expected ${expected}`,
  )
}

const isList = (value: object) => Array.isArray(value) || ArrayBuffer.isView(value)

export function refuseOption(name: string, value: unknown, expected: string): never {
  throw new ModelError('invalid_option', `${name} is ${show(value)}; expected ${expected}`)
}

export function checkBoolean(name: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'boolean') refuseOption(name, value, 'true or false')
}

/** A number for which a condition holds; text that reads as a number is none. */
export function checkNumber(
  name: string,
  value: unknown,
  isAllowed: (value: number) => boolean,
  expected: string,
): void {
  if (typeof value !== 'number' || !isAllowed(value)) refuseOption(name, value, expected)
}

export function checkWord(name: string, value: unknown, words: readonly unknown[]): void {
  if (words.includes(value)) return
  refuseOption(name, value, words.map(show).join(' or '))
}

/** So many rows, or numbers, as an array of 32-bit indices can name and hold. */
const MAX_COUNT = 2 ** 32 - 1

export function checkCount(name: string, value: unknown): void {
  const isCount = (n: number) => Number.isInteger(n) && n >= 0 && n <= MAX_COUNT
  checkNumber(name, value, isCount, 'an integer from 0 to 2^32 - 1')
}
