import { ModelError } from '../errors.ts'
import type { Label } from '../labels.ts'
import { countFromScores, type PrecisionRecallCurveOptions } from './precision-recall-curve.ts'

/**
 * The area under the curve of precision and recall, as a sum of steps: the mean of the precisions at the thresholds, each
 * weighted by how much of the recall it adds. A guess at random has the share of positive rows.
 *
 * @param scores a score for each row, higher for the positive class
 * @throws {ModelError} `invalid_data` or `invalid_option` when labels, scores and weights do not fit together, or no row
 *   is positive
 *
 * Source: `sklearn.metrics.average_precision_score`.
 *
 * @example
 * averagePrecisionScore([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]) // 0.8333333333333333
 */
export function averagePrecisionScore(
  yTrue: readonly Label[],
  scores: ArrayLike<number>,
  options: PrecisionRecallCurveOptions = {},
): number {
  const points = countFromScores(yTrue, scores, options)
  const nPositive = points.at(0)?.positives ?? 0
  if (!(nPositive > 0)) {
    throw new ModelError('invalid_data', 'no row is positive; expected at least one with a weight')
  }
  return points.reduce((sum, { rows, positives }, i) => {
    const added = positives - (points[i + 1]?.positives ?? 0)
    return added > 0 ? sum + (added / nPositive) * (positives / rows) : sum
  }, 0)
}
