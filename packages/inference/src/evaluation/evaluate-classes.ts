import {
  accuracyScore,
  averagePrecisionScore,
  brierScoreLoss,
  calibrationCurve,
  confusionMatrix,
  type Label,
  logLoss,
  type Matrix,
  rocAucScore,
  rocAucScoreOneVsRest,
} from '@dsapi/model'
import { whereItMakesSense } from '../comparison/where-it-makes-sense.ts'
import type { ClassEvaluation, EvaluationOfClasses } from './evaluation.ts'
import { histogramOf, pointsOf } from './threshold-points.ts'

export type ClassAnswers = {
  /** All classes, in ascending order. */
  readonly classes: readonly Label[]
  /** The true class of each row. */
  readonly labels: readonly Label[]
  /** The answered one. */
  readonly predicted: readonly Label[]
  /** For each row the probability of each class. */
  readonly probabilities: Matrix
}

/** With more classes, those with fewer rows have no curve. */
const mostCurves = 20
/** With more classes, there is no confusion matrix. */
const mostConfused = 30

/** Evaluates answered classes, in a size that does not depend on the number of rows. */
export const evaluateClasses = (answers: ClassAnswers): EvaluationOfClasses => {
  const { classes, labels, predicted, probabilities } = answers
  const isOfTwo = classes.length === 2
  const score = (compute: () => number) => whereItMakesSense(compute) ?? null
  const second = columnOf(probabilities, 1)
  const confusion = confusionMatrix(labels, predicted)
  return {
    type: 'classes',
    scores: {
      accuracy: accuracyScore(labels, predicted),
      log_loss: score(() => logLoss(labels, probabilities, classes)),
      roc_auc: score(() =>
        isOfTwo
          ? rocAucScore(labels, second)
          : rocAucScoreOneVsRest(labels, probabilities, classes),
      ),
      ...(isOfTwo && { brier_score: score(() => brierScoreLoss(labels, second)) }),
    },
    classes: (isOfTwo ? [1] : mostFrequent(answers)).map((k) =>
      evaluateClass(classes[k], labels, columnOf(probabilities, k)),
    ),
    confusion: confusion.classes.length > mostConfused ? null : confusion,
  }
}

/** The places of the classes that have most rows, in ascending order. */
const mostFrequent = ({ classes, labels }: ClassAnswers): readonly number[] => {
  const counts = new Map<Label, number>()
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  const places = classes.map((_, k) => k)
  const countOf = (k: number) => counts.get(classes[k]) ?? 0
  return places
    .toSorted((a, b) => countOf(b) - countOf(a))
    .slice(0, mostCurves)
    .sort((a, b) => a - b)
}

const columnOf = (probabilities: Matrix, k: number): Float64Array =>
  Float64Array.from({ length: probabilities.nRows }, (_, row) => probabilities.row(row)[k])

const evaluateClass = (
  label: Label,
  labels: readonly Label[],
  scores: Float64Array,
): ClassEvaluation => {
  const isOfClass = labels.map((one) => Number(one === label))
  const positives = scores.filter((_, row) => isOfClass[row] === 1).sort()
  const negatives = scores.filter((_, row) => isOfClass[row] === 0).sort()
  const positive = { positive: 1 }
  const curve = () => calibrationCurve(isOfClass, scores, { nBins: 10, ...positive })
  return {
    ...{ class: label, rows: positives.length },
    roc_auc: whereItMakesSense(() => rocAucScore(isOfClass, scores)) ?? null,
    pr_auc: whereItMakesSense(() => averagePrecisionScore(isOfClass, scores, positive)) ?? null,
    points: pointsOf(positives, negatives),
    calibration: (whereItMakesSense(curve) ?? []).map((bin) => ({
      ...{ mean_probability: bin.meanProbability, positive_share: bin.positiveShare },
      rows: bin.count,
    })),
    histogram: { positives: histogramOf(positives), negatives: histogramOf(negatives) },
  }
}
