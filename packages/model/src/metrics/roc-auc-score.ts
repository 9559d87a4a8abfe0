import { ModelError } from '../errors.ts'
import { encodeLabels, type Label } from '../labels.ts'
import type { Matrix, Rows } from '../matrix.ts'
import { classProbabilities } from './class-probabilities.ts'
import { positiveClass } from './positive-class.ts'

/**
 * The area under the ROC curve for two classes: how likely a positive row scores above a negative
 * one, ties counting half.
 *
 * @param scores A score for each row, higher for the positive class (the greater of the two).
 * @throws {ModelError} `invalid_data` or `invalid_option` when there are not two classes, or labels
 *   and scores do not fit.
 *
 * Source: the Mann-Whitney statistic; J. A. Hanley, B. J. McNeil, "The meaning and use of the area
 * under a receiver operating characteristic (ROC) curve", Radiology 143, 1982.
 *
 * @example
 * rocAucScore([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]) // 0.75
 */
export function rocAucScore(yTrue: readonly Label[], scores: ArrayLike<number>): number {
  const given = positiveClass(yTrue, scores)
  return areaUnderCurve(given.isPositive, given.scores)
}

/**
 * The mean of each class's area under the ROC curve against all others together.
 *
 * @param probabilities For each row one for each class, as `predictProba` gives them.
 * @param classes The class of each column; default: those of `yTrue`, in ascending order.
 * @throws {ModelError} `invalid_data` or `invalid_option` when labels and probabilities do not fit,
 *   or a class has no row.
 *
 * Source: `sklearn.metrics.roc_auc_score` with `multi_class="ovr"`, `average="macro"`.
 */
export function rocAucScoreOneVsRest(
  yTrue: readonly Label[],
  probabilities: Rows | Matrix,
  classes: readonly Label[] = encodeLabels(yTrue, 'yTrue').classes,
): number {
  const given = classProbabilities(yTrue, probabilities, classes)
  const areas = classes.map((label, k) => {
    const isPositive = Array.from(given.codes, (code) => code === k)
    if (!isPositive.includes(true)) {
      throw new ModelError(
        'invalid_data',
        `class ${JSON.stringify(label)} has no row in yTrue; expected one of each class`,
      )
    }
    const scores = Float64Array.from(isPositive, (_, row) => given.probabilities.row(row)[k])
    return areaUnderCurve(isPositive, scores)
  })
  return areas.reduce((sum, area) => sum + area, 0) / areas.length
}

function areaUnderCurve(isPositive: readonly boolean[], scores: Float64Array): number {
  const order = Uint32Array.from(scores, (_, row) => row).sort((a, b) => scores[a] - scores[b])
  let nPositive = 0
  let rankSum = 0
  for (let start = 0; start < order.length; ) {
    let end = start
    let positives = 0
    while (end < order.length && scores[order[end]] === scores[order[start]]) {
      if (isPositive[order[end]]) positives++
      end++
    }
    // Tied rows share the mean of their ranks, start + 1 to end.
    rankSum += (positives * (start + 1 + end)) / 2
    nPositive += positives
    start = end
  }
  const nPairs = nPositive * (order.length - nPositive)
  return (rankSum - (nPositive * (nPositive + 1)) / 2) / nPairs
}
