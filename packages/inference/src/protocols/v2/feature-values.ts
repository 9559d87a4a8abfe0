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
  for (let first = 0; first < numbers.length; first += numbersAtOnce) {
    const end = Math.min(first + numbersAtOnce, numbers.length)
    // Most are finite, which says all of a plain number.
    if (isPlain && areFinite(numbers, first, end)) continue
    for (let index = first; index < end; index++) {
      const number = numbers[index]
      if (isPlain && number - number === 0) continue
      const problem = numberProblem(number, features[index % features.length])
      if (problem !== undefined) return { index, problem }
    }
  }
  return undefined
}

const numbersAtOnce = 4096

/** Whether all numbers of a range are finite: the difference of any other to itself is NaN. Four sums do not wait for one another. */
const areFinite = (numbers: Numbers, first: number, end: number) => {
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  let index = first
  for (; index + 3 < end; index += 4) {
    a += numbers[index] - numbers[index]
    b += numbers[index + 1] - numbers[index + 1]
    c += numbers[index + 2] - numbers[index + 2]
    d += numbers[index + 3] - numbers[index + 3]
  }
  for (; index < end; index++) a += numbers[index] - numbers[index]
  return a + b + c + d === 0
}
