import { ModelError } from '../errors.ts'
import { encodeLabels, type Label } from '../labels.ts'
import { refuseOption } from '../linear-model/check-options.ts'
import { checkArrayLike, toFiniteNumbers } from '../validation/check-numbers.ts'
import { show } from '../validation/show.ts'
import { checkPairs } from './check-pairs.ts'

/** Which rows are of the positive class, beside a score for each. */
export interface PositiveClass {
  readonly isPositive: readonly boolean[]
  readonly scores: Float64Array
}

/**
 * Brings together the labels of two classes and a score for each row.
 *
 * @param positive The positive class; default: the greater of the two.
 * @throws {ModelError} `invalid_data`, naming the row, when lengths differ, a score is no finite
 *   number or there are more than two classes; `invalid_option` when there is one class only and
 *   `positive` does not say which it is.
 */
export function positiveClass(
  yTrue: readonly Label[],
  scores: ArrayLike<number>,
  positive?: Label,
): PositiveClass {
  checkArrayLike(yTrue, 'yTrue')
  checkArrayLike(scores, 'scores')
  checkPairs(yTrue.length, scores.length, 'scores')
  const { classes } = encodeLabels(yTrue, 'yTrue')
  if (classes.length > 2) {
    throw new ModelError(
      'invalid_data',
      `yTrue has ${classes.length} classes, ${JSON.stringify(classes)}; expected two`,
    )
  }
  if (classes.length === 1 && positive === undefined) {
    throw new ModelError(
      'invalid_option',
      `yTrue has one class only, ${JSON.stringify(classes[0])}; expected two, or the argument positive where there is one`,
    )
  }
  if (positive !== undefined) checkPositive(positive, classes)
  const label = positive ?? classes[1]
  return {
    isPositive: Array.from(yTrue, (given) => given === label),
    scores: toFiniteNumbers(scores, 'scores'),
  }
}

/** Of one class only, the other may be the positive one; of two, it is one of them. */
function checkPositive(positive: unknown, classes: readonly Label[]): void {
  const isKnown = classes.length === 1 || classes.some((label) => label === positive)
  if (typeof positive === typeof classes[0] && isKnown) return
  refuseOption('positive', positive, `a class such as ${classes.map(show).join(' or ')}`)
}

/**
 * Makes sure that scores are probabilities.
 *
 * @throws {ModelError} `invalid_data`, naming the row, when one is out of [0, 1].
 */
export function checkProbabilities(scores: Float64Array): void {
  const row = scores.findIndex((score) => score < 0 || score > 1)
  if (row === -1) return
  throw new ModelError(
    'invalid_data',
    `the probability in row ${row} is ${scores[row]}; expected 0 to 1`,
    { row },
  )
}
