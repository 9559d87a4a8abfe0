import { encodeLabels, type Label } from '../labels.ts'
import { checkArrayLike } from '../validation/check-numbers.ts'
import { checkPairs } from './check-pairs.ts'

/** How often each class was taken for each. */
export interface ConfusionMatrix<L extends Label> {
  /** All classes, true or predicted, in ascending order. */
  readonly classes: readonly L[]
  /** `counts[i][j]`: rows of class i that were predicted to be of class j. */
  readonly counts: number[][]
}

/**
 * Counts how often each class was predicted for each.
 *
 * @throws {ModelError} `invalid_data` when there are no labels, not as many of both, or numbers on
 *   one side and strings on the other.
 *
 * @example
 * confusionMatrix(['a', 'b', 'b'], ['a', 'b', 'a']).counts // [[1, 0], [1, 1]]
 */
export function confusionMatrix<L extends Label>(
  yTrue: readonly L[],
  yPredicted: readonly L[],
): ConfusionMatrix<L> {
  checkArrayLike(yTrue, 'yTrue')
  checkArrayLike(yPredicted, 'yPredicted')
  checkPairs(yTrue.length, yPredicted.length, 'yPredicted')
  const { classes, codes } = encodeLabels(
    [...Array.from(yTrue), ...Array.from(yPredicted)],
    'labels',
  )
  const counts = classes.map(() => classes.map(() => 0))
  for (let row = 0; row < yTrue.length; row++) {
    counts[codes[row]][codes[yTrue.length + row]] += 1
  }
  return { classes, counts }
}
