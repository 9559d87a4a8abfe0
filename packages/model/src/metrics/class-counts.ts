import { encodeLabels, type Label } from '../labels.ts'
import { checkSampleWeight } from '../linear-model/class-weights.ts'
import { checkArrayLike } from '../validation/check-numbers.ts'
import { checkPairs } from './check-pairs.ts'

/** How often each class was true, predicted, and both at once: numbers of rows, or sums of their weights. */
export interface ClassCounts<L extends Label> {
  /** All classes, true or predicted, in ascending order. */
  readonly classes: readonly L[]
  readonly actual: Float64Array
  readonly predicted: Float64Array
  readonly right: Float64Array
}

/** @throws {ModelError} `invalid_data` when labels, predictions and weights do not fit together */
export function countClasses<L extends Label>(
  yTrue: readonly L[],
  yPredicted: readonly L[],
  sampleWeight: ArrayLike<number> | null | undefined,
): ClassCounts<L> {
  checkArrayLike(yTrue, 'yTrue')
  checkArrayLike(yPredicted, 'yPredicted')
  checkPairs(yTrue.length, yPredicted.length, 'yPredicted')
  const weights = sampleWeight ?? undefined
  if (weights !== undefined) checkSampleWeight(weights, yTrue.length)
  const all = [...Array.from(yTrue), ...Array.from(yPredicted)]
  const { classes, codes } = encodeLabels(all, 'labels')
  const actual = new Float64Array(classes.length)
  const predicted = new Float64Array(classes.length)
  const right = new Float64Array(classes.length)
  for (let row = 0; row < yTrue.length; row++) {
    const weight = weights?.[row] ?? 1
    const truth = codes[row]
    const answer = codes[yTrue.length + row]
    actual[truth] += weight
    predicted[answer] += weight
    if (truth === answer) right[truth] += weight
  }
  return { classes, actual, predicted, right }
}
