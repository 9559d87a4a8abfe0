import { ModelError } from '../errors.ts'
import type { Label } from '../labels.ts'
import { checkMembers, checkWord, refuseOption } from '../linear-model/check-options.ts'
import { show } from '../validation/show.ts'
import { type ClassCounts, countClasses } from './class-counts.ts'

/** Of which classes a score is. */
export interface PrecisionRecallOptions {
  /**
   * `'binary'` (default): of the positive class alone. `'macro'`: the mean over the classes. `'weighted'`: the mean
   * weighted by how many rows are of each class. `'micro'`: of all classes counted together.
   */
  readonly average?: 'binary' | 'macro' | 'weighted' | 'micro' | undefined
  /** The positive class of `'binary'`; default: the greater of two. */
  readonly positive?: Label | undefined
  /** A weight of at least 0 for each row. */
  readonly sampleWeight?: ArrayLike<number> | null | undefined
}

/** Precision, recall and F1 of a class, or of several together: each from 0 to 1. */
export interface PrecisionRecall {
  /** Of the rows that were predicted to be of the class, the share that are; 0 where none was. */
  readonly precision: number
  /** Of the rows of the class, the share that were predicted to be; 0 where there is none. */
  readonly recall: number
  /** The harmonic mean of precision and recall. */
  readonly f1: number
  /** How many rows are of the class, or the sum of their weights. */
  readonly support: number
}

/**
 * The share of the rows that were predicted to be of a class and are.
 *
 * @throws {ModelError} `invalid_data` when labels do not fit together, or there are more than two classes and no
 *   `average` says what to do with them; `invalid_option` for an unknown option or a `positive` that is no class
 *
 * Source: `sklearn.metrics.precision_score`; a share of no rows is 0.
 *
 * @example
 * precisionScore([0, 1, 1, 0], [0, 1, 0, 1]) // 0.5
 */
export function precisionScore(
  yTrue: readonly Label[],
  yPredicted: readonly Label[],
  options: PrecisionRecallOptions = {},
): number {
  return precisionRecallOf(yTrue, yPredicted, options).precision
}

/**
 * The share of the rows of a class that were predicted to be of it.
 *
 * @throws {ModelError} as {@link precisionScore} does
 *
 * Source: `sklearn.metrics.recall_score`.
 *
 * @example
 * recallScore(['a', 'b', 'b'], ['a', 'b', 'a'], { average: 'macro' }) // 0.75
 */
export function recallScore(
  yTrue: readonly Label[],
  yPredicted: readonly Label[],
  options: PrecisionRecallOptions = {},
): number {
  return precisionRecallOf(yTrue, yPredicted, options).recall
}

/**
 * The harmonic mean of precision and recall.
 *
 * @throws {ModelError} as {@link precisionScore} does
 *
 * Source: `sklearn.metrics.f1_score`; C. J. van Rijsbergen, "Information Retrieval", 1979.
 *
 * @example
 * f1Score([0, 1, 1, 1], [0, 1, 1, 0]) // 0.8
 */
export function f1Score(
  yTrue: readonly Label[],
  yPredicted: readonly Label[],
  options: PrecisionRecallOptions = {},
): number {
  return precisionRecallOf(yTrue, yPredicted, options).f1
}

function precisionRecallOf(
  yTrue: readonly Label[],
  yPredicted: readonly Label[],
  options: PrecisionRecallOptions,
): PrecisionRecall {
  checkMembers(options, ['average', 'positive', 'sampleWeight'], 'the score')
  const { average = 'binary', positive, sampleWeight } = options
  checkWord('average', average, ['binary', 'macro', 'weighted', 'micro'])
  if (average !== 'binary' && positive !== undefined) {
    refuseOption('positive', positive, 'none beside an average over all classes')
  }
  const counts = countClasses(yTrue, yPredicted, sampleWeight)
  if (average !== 'binary') return averageOf(counts, average)
  return ofClass(counts, placeOfPositive(counts.classes, positive))
}

function placeOfPositive(classes: readonly Label[], positive: Label | undefined): number {
  if (positive !== undefined) {
    const place = classes.indexOf(positive)
    if (place !== -1) return place
    return refuseOption('positive', positive, `one of ${classes.map(show).join(', ')}`)
  }
  if (classes.length === 2) return 1
  throw new ModelError(
    'invalid_data',
    classes.length === 1
      ? `there is one class only, ${show(classes[0])}; expected two, or positive: the class that the score is of`
      : `there are ${classes.length} classes; expected two, or average: "macro", "weighted" or "micro"`,
    { option: classes.length === 1 ? 'positive' : 'average' },
  )
}

/** The scores of class k. */
export function ofClass({ actual, predicted, right }: ClassCounts<Label>, k: number) {
  return toScores(right[k], predicted[k], actual[k])
}

/** The scores of all classes together. */
export function averageOf(
  counts: ClassCounts<Label>,
  average: 'macro' | 'weighted' | 'micro',
): PrecisionRecall {
  const { classes, actual, predicted, right } = counts
  const total = sumOf(actual)
  if (average === 'micro') return toScores(sumOf(right), sumOf(predicted), total)
  const mean = { precision: 0, recall: 0, f1: 0 }
  for (let k = 0; k < classes.length; k++) {
    const { precision, recall, f1 } = ofClass(counts, k)
    const share = average === 'macro' ? 1 / classes.length : total > 0 ? actual[k] / total : 0
    mean.precision += share * precision
    mean.recall += share * recall
    mean.f1 += share * f1
  }
  return { ...mean, support: total }
}

function toScores(right: number, predicted: number, actual: number): PrecisionRecall {
  const precision = predicted > 0 ? right / predicted : 0
  const recall = actual > 0 ? right / actual : 0
  const sum = precision + recall
  return { precision, recall, f1: sum > 0 ? (2 * precision * recall) / sum : 0, support: actual }
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0)
}
