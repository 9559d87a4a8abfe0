import {
  accuracyScore,
  brierScoreLoss,
  type CalibrationBin,
  type ConfusionMatrix,
  calibrationCurve,
  confusionMatrix,
  type Label,
  logLoss,
  type Matrix,
  rocAucScore,
  rocAucScoreOneVsRest,
} from '@dsapi/model'
import { type ClassScores, classScores } from './class-scores.ts'

/** How well a model does on rows that it has not seen: each row is predicted by a fit to the folds without it. */
export type Evaluation = {
  readonly scores: Readonly<Record<string, number>>
  readonly perClass: ClassScores
  readonly confusion: ConfusionMatrix<Label>
  /** For two classes: how often the second is true among the rows with a similar predicted probability. */
  readonly calibration: readonly CalibrationBin[] | undefined
  /** The number of folds whose fit did not converge. */
  readonly notConverged: number
}

/** Scores predicted classes, and their probabilities in the order of all classes. */
export const classificationScores = (
  y: readonly Label[],
  predicted: Label[],
  probabilities: Matrix,
): Omit<Evaluation, 'notConverged'> => {
  const confusion = confusionMatrix(y, predicted)
  const { classes } = confusion
  const perClass = classScores(y, predicted, (row, label) => {
    return probabilities.row(row)[classes.indexOf(label)]
  })
  const common = { accuracy: accuracyScore(y, predicted), 'log loss': logLoss(y, probabilities) }
  if (probabilities.nColumns > 2) {
    const scores = { ...common, 'ROC AUC': rocAucScoreOneVsRest(y, probabilities) }
    return { scores, perClass, confusion, calibration: undefined }
  }
  const second = Float64Array.from(y, (_, i) => probabilities.row(i)[1])
  return {
    scores: {
      ...common,
      'ROC AUC': rocAucScore(y, second),
      'Brier score': brierScoreLoss(y, second),
    },
    perClass,
    confusion,
    calibration: calibrationCurve(y, second, { nBins: 10 }),
  }
}
