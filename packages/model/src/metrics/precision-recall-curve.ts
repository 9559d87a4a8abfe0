import type { Label } from '../labels.ts'
import { checkMembers } from '../linear-model/check-options.ts'
import { checkSampleWeight } from '../linear-model/class-weights.ts'
import { positiveClass } from './positive-class.ts'

export interface PrecisionRecallCurveOptions {
  /** The positive class; default: the greater of the two. */
  readonly positive?: Label | undefined
  /** A weight of at least 0 for each row. */
  readonly sampleWeight?: ArrayLike<number> | null | undefined
}

/** Precision and recall for each threshold at which they change. */
export interface PrecisionRecallCurve {
  /** Of the rows at or above each threshold, the share that are positive; then 1. */
  readonly precision: Float64Array
  /** Of the positive rows, the share at or above each threshold; then 0. */
  readonly recall: Float64Array
  /** The different scores, in ascending order. */
  readonly thresholds: Float64Array
}

/**
 * Precision and recall of saying "positive" from each score on.
 *
 * @param scores a score for each row, higher for the positive class
 * @throws {ModelError} `invalid_data` or `invalid_option` when labels, scores and weights do not fit together
 *
 * Source: `sklearn.metrics.precision_recall_curve`, 1.2; J. Davis, M. Goadrich, "The relationship between
 * precision-recall and ROC curves", ICML 2006.
 *
 * @example
 * precisionRecallCurve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]).thresholds // [0.1, 0.35, 0.4, 0.8]
 */
export function precisionRecallCurve(
  yTrue: readonly Label[],
  scores: ArrayLike<number>,
  options: PrecisionRecallCurveOptions = {},
): PrecisionRecallCurve {
  const points = countFromScores(yTrue, scores, options)
  const nPositive = points.at(0)?.positives ?? 0
  const share = (part: number, whole: number, ofNone: number) => (whole > 0 ? part / whole : ofNone)
  return {
    precision: Float64Array.from([
      ...points.map(({ positives, rows }) => share(positives, rows, 0)),
      1,
    ]),
    recall: Float64Array.from([
      ...points.map(({ positives }) => share(positives, nPositive, 1)),
      0,
    ]),
    thresholds: Float64Array.from(points, ({ threshold }) => threshold),
  }
}

/** What lies at or above a score: sums of weights. */
export interface ScorePoint {
  readonly threshold: number
  readonly rows: number
  readonly positives: number
}

/**
 * Counts the rows at or above each different score, in ascending order of the scores.
 *
 * @throws {ModelError} as {@link precisionRecallCurve} does
 */
export function countFromScores(
  yTrue: readonly Label[],
  scores: ArrayLike<number>,
  options: PrecisionRecallCurveOptions,
): ScorePoint[] {
  checkMembers(options, ['positive', 'sampleWeight'], 'the curve')
  const given = positiveClass(yTrue, scores, options.positive)
  const weights = options.sampleWeight ?? undefined
  if (weights !== undefined) checkSampleWeight(weights, given.scores.length)
  // Rows without weight make no point of their own.
  const order = Uint32Array.from(given.scores, (_, row) => row)
    .filter((row) => weights === undefined || weights[row] > 0)
    .sort((a, b) => given.scores[b] - given.scores[a])
  const points: ScorePoint[] = []
  let rows = 0
  let positives = 0
  for (const [place, row] of order.entries()) {
    const weight = weights?.[row] ?? 1
    rows += weight
    if (given.isPositive[row]) positives += weight
    const threshold = given.scores[row]
    if (given.scores[order[place + 1]] !== threshold) points.push({ threshold, rows, positives })
  }
  return points.reverse()
}
