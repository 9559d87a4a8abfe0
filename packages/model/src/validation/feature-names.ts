import { ModelError, type ModelErrorCode } from '../errors.ts'
import { checkArrayLike } from './check-numbers.ts'
import { show } from './show.ts'

/** The longest name of a column, in UTF-16 units. */
const MAX_LENGTH = 1000

/** Control characters, line and paragraph separators, halves of surrogate pairs, and marks that turn the direction of writing. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069]/u

/**
 * What is wrong with the name of a column, as the end of a sentence; undefined for a name that will do.
 *
 * A name becomes a part of a URL's path, a member of JSON and a field of a CSV header: what one of
 * them cannot hold is no name. The dots are such a case: clients shorten `/predict/../1` before they ask.
 *
 * @example
 * featureNameProblem('age') // undefined
 * featureNameProblem(' age') // 'has a blank at its beginning or end'
 */
export function featureNameProblem(name: unknown): string | undefined {
  if (typeof name !== 'string') return 'is not text'
  if (name === '') return 'is empty'
  if (name.length > MAX_LENGTH) return `is longer than ${MAX_LENGTH} characters`
  if (name !== name.trim()) return 'has a blank at its beginning or end'
  if (UNPRINTABLE.test(name)) return 'has a control character, such as a line break'
  if (name === '.' || name === '..') return 'means a folder in the path of a URL'
  return undefined
}

/**
 * Makes sure that the names of columns can be used everywhere: in paths of URLs, in JSON and in headers
 * of CSV. This is the one rule for names: a fit, an import and each header of CSV asks it.
 *
 * @param what how an error calls the names
 * @throws {ModelError} with `code`, naming the first name that will not do, and why.
 *
 * @example
 * checkFeatureNames(['age', 'income'])
 * checkFeatureNames(['age', 'age']) // throws: featureNames[1], "age", is there twice; …
 */
export function checkFeatureNames(
  names: ArrayLike<unknown>,
  what = 'featureNames',
  code: ModelErrorCode = 'invalid_data',
): void {
  checkArrayLike(names, what)
  const seen = new Set<unknown>()
  for (let j = 0; j < names.length; j++) {
    const name = names[j]
    const problem = seen.has(name) ? 'is there twice' : featureNameProblem(name)
    if (problem !== undefined) {
      throw new ModelError(
        code,
        `${what}[${j}], ${show(name)}, ${problem}; expected different names of printable characters`,
        { column: j },
      )
    }
    seen.add(name)
  }
}
