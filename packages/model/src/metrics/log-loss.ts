import type { Label } from '../labels.ts'
import type { Matrix, Rows } from '../matrix.ts'
import { classProbabilities } from './class-probabilities.ts'

/**
 * The mean of -log(probability given to the true class): 0 for certainty, log(K) for a guess among
 * K classes. A probability counts as no less than 2^-52, so the loss is finite.
 *
 * @param probabilities For each row one for each class, as `predictProba` gives them.
 * @param classes The class of each column; default: those of `yTrue`, in ascending order.
 * @throws {ModelError} `invalid_data` or `invalid_option` when labels and probabilities do not fit.
 *
 * Source: `sklearn.metrics.log_loss`; C. M. Bishop, "Pattern Recognition and Machine Learning",
 * 2006, section 4.3.
 *
 * @example
 * logLoss(['a', 'b'], [[0.5, 0.5], [0.5, 0.5]]) // Math.log(2)
 */
export function logLoss(
  yTrue: readonly Label[],
  probabilities: Rows | Matrix,
  classes?: readonly Label[],
): number {
  const given = classProbabilities(yTrue, probabilities, classes)
  let sum = 0
  for (const [row, code] of given.codes.entries()) {
    const probability = given.probabilities.row(row)[code]
    sum -= Math.log(Math.min(Math.max(probability, Number.EPSILON), 1 - Number.EPSILON))
  }
  return sum / given.codes.length
}
