import type { Feature } from '../../model-info.ts'
import type { Numbers } from './numbers.ts'

/** What is wrong with a number for a feature; undefined where nothing is. */
const numberProblem = (number: number, feature: Feature): string | undefined => {
  if (Number.isNaN(number)) {
    return feature.nullable
      ? undefined
      : `is missing (null or NaN), and "${feature.name}" must not be`
  }
  if (!Number.isFinite(number)) return 'is not a finite number'
  if (feature.type === 'integer' && !Number.isInteger(number)) return 'must be a whole number'
  if (feature.type === 'boolean' && number !== 0 && number !== 1) return 'must be true or false'
  return undefined
}

/**
 * The first number that is wrong for its feature, and what is wrong with it.
 *
 * @param numbers row after row, in the order of the features
 */
export const findWrongNumber = (
  numbers: Numbers,
  features: readonly Feature[],
): { readonly index: number; readonly problem: string } | undefined => {
  const isPlain = features.every(({ type }) => type === 'number')
  for (let index = 0, k = 0; index < numbers.length; index++, k++) {
    if (k === features.length) k = 0
    const number = numbers[index]
    // Most are finite, which says all of a plain number.
    if (isPlain && number - number === 0) continue
    const problem = numberProblem(number, features[k])
    if (problem !== undefined) return { index, problem }
  }
  return undefined
}
