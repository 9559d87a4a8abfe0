import {
  accuracyScore,
  brierScoreLoss,
  type CalibrationBin,
  type ConfusionMatrix,
  calibrationCurve,
  confusionMatrix,
  LogisticRegression,
  type LogisticRegressionOptions,
  logLoss,
  Matrix,
  rocAucScore,
  rocAucScoreOneVsRest,
  stratifiedKFold,
  type Table,
  takeSplit,
} from '@dsapi/model'

type Label = Table['y'][number]

/** How well a model does on rows that it has not seen: each row is predicted by a fit to the folds without it. */
export type Evaluation = {
  readonly scores: Readonly<Record<string, number>>
  readonly confusion: ConfusionMatrix<Label>
  /** For two classes: how often the second is true among the rows with a similar predicted probability. */
  readonly calibration: readonly CalibrationBin[] | undefined
  /** The number of folds whose fit did not converge. */
  readonly notConverged: number
}

/** Scores a model by stratified k-fold cross-validation; the same seed gives the same folds. */
export const crossValidate = (
  { X, y }: Table,
  options: LogisticRegressionOptions,
  folds: { readonly nSplits: number; readonly seed: number },
): Evaluation => {
  const splits = stratifiedKFold(y, {
    nSplits: folds.nSplits,
    shuffle: true,
    randomState: folds.seed,
  })
  const { classes } = confusionMatrix(y, y)
  const probabilities = new Matrix(
    new Float64Array(X.nRows * classes.length),
    X.nRows,
    classes.length,
  )
  const predicted = new Array<Label>(X.nRows)
  let notConverged = 0
  for (const split of splits) {
    const { XTrain, yTrain, XTest } = takeSplit(X, y, split)
    const model = new LogisticRegression(options).fit(XTrain, yTrain)
    if (!model.converged) notConverged++
    const rows = model.predictProba(XTest)
    const labels = model.predict(XTest)
    for (const [i, row] of split.test.entries()) {
      // A class whose rows are all in this fold is unknown to the model and keeps probability zero.
      for (const [k, label] of model.classes.entries()) {
        probabilities.row(row)[classes.indexOf(label)] = rows.row(i)[k]
      }
      predicted[row] = labels[i]
    }
  }
  return { ...evaluate(y, predicted, probabilities), notConverged }
}

const evaluate = (
  y: readonly Label[],
  predicted: Label[],
  probabilities: Matrix,
): Omit<Evaluation, 'notConverged'> => {
  const confusion = confusionMatrix(y, predicted)
  const common = { accuracy: accuracyScore(y, predicted), 'log loss': logLoss(y, probabilities) }
  if (probabilities.nColumns > 2) {
    const scores = { ...common, 'ROC AUC': rocAucScoreOneVsRest(y, probabilities) }
    return { scores, confusion, calibration: undefined }
  }
  const second = Float64Array.from(y, (_, i) => probabilities.row(i)[1])
  return {
    scores: {
      ...common,
      'ROC AUC': rocAucScore(y, second),
      'Brier score': brierScoreLoss(y, second),
    },
    confusion,
    calibration: calibrationCurve(y, second, { nBins: 10 }),
  }
}
