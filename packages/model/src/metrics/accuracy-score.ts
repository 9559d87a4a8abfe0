import { encodeLabels, type Label } from '../labels.ts'
import { checkArrayLike } from '../validation/check-numbers.ts'
import { checkPairs } from './check-pairs.ts'

/**
 * The share of labels that were predicted right, from 0 to 1.
 *
 * @throws {ModelError} `invalid_data` when there are no labels, not as many of both, or numbers on
 *   one side and strings on the other.
 *
 * @example
 * accuracyScore(['a', 'b', 'b', 'a'], ['a', 'b', 'a', 'a']) // 0.75
 */
export function accuracyScore(yTrue: readonly Label[], yPredicted: readonly Label[]): number {
  checkArrayLike(yTrue, 'yTrue')
  checkArrayLike(yPredicted, 'yPredicted')
  checkPairs(yTrue.length, yPredicted.length, 'yPredicted')
  const { codes } = encodeLabels([...Array.from(yTrue), ...Array.from(yPredicted)], 'labels')
  const predicted = codes.subarray(yTrue.length)
  return predicted.filter((code, row) => code === codes[row]).length / yTrue.length
}
