import type { Label } from '../labels.ts'
import { checkProbabilities, positiveClass } from './positive-class.ts'

/**
 * The mean square of the difference between the probability of the positive class and what came
 * out: 0 for certainty, 0.25 for always saying one half.
 *
 * @param probabilities The probability of the positive class for each row.
 * @param positive The positive class; default: the greater of the two.
 * @throws {ModelError} `invalid_data` or `invalid_option` when labels and probabilities do not fit.
 *
 * Source: G. W. Brier, "Verification of forecasts expressed in terms of probability", Monthly
 * Weather Review 78, 1950; for two classes half of it, as `sklearn.metrics.brier_score_loss`.
 *
 * @example
 * brierScoreLoss([0, 1], [0.2, 0.6]) // 0.1
 */
export function brierScoreLoss(
  yTrue: readonly Label[],
  probabilities: ArrayLike<number>,
  positive?: Label,
): number {
  const { isPositive, scores } = positiveClass(yTrue, probabilities, positive)
  checkProbabilities(scores)
  const sum = scores.reduce((total, score, row) => {
    const error = score - (isPositive[row] ? 1 : 0)
    return total + error * error
  }, 0)
  return sum / scores.length
}
