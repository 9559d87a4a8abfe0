import type { Label } from '../labels.ts'
import { countClasses } from './class-counts.ts'
import { averageOf, ofClass, type PrecisionRecall } from './precision-recall.ts'

/** Precision, recall and F1 of each class, and their averages. */
export interface ClassificationReport<L extends Label> {
  /** Of each class, true or predicted, in ascending order. */
  readonly classes: readonly ({ readonly label: L } & PrecisionRecall)[]
  /** The share of rows that were predicted right. */
  readonly accuracy: number
  /** The mean over the classes. */
  readonly macro: PrecisionRecall
  /** The mean over the classes, weighted by how many rows each has. */
  readonly weighted: PrecisionRecall
}

/**
 * Scores each class by precision, recall and F1.
 *
 * @param sampleWeight a weight of at least 0 for each row
 * @throws {ModelError} `invalid_data` when labels, predictions and weights do not fit together
 *
 * Source: `sklearn.metrics.classification_report`.
 *
 * @example
 * classificationReport(['a', 'b', 'b'], ['a', 'b', 'a']).classes[0]
 * // { label: 'a', precision: 0.5, recall: 1, f1: 0.666…, support: 1 }
 */
export function classificationReport<L extends Label>(
  yTrue: readonly L[],
  yPredicted: readonly L[],
  sampleWeight?: ArrayLike<number> | null | undefined,
): ClassificationReport<L> {
  const counts = countClasses(yTrue, yPredicted, sampleWeight)
  return {
    classes: counts.classes.map((label, k) => ({ label, ...ofClass(counts, k) })),
    accuracy: averageOf(counts, 'micro').recall,
    macro: averageOf(counts, 'macro'),
    weighted: averageOf(counts, 'weighted'),
  }
}
