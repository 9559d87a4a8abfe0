import {
  confusionMatrix,
  type FitOptions,
  type Frame,
  type Label,
  LogisticRegression,
  Matrix,
  stratifiedKFold,
  takeSplit,
} from '@dsapi/model'
import { type FitArguments, toModelOptions } from '../fit/fit-options.ts'
import { startFitProgress } from '../fit/fit-progress.ts'
import { classifierPipeline, isPlain, toFrame, toMatrix } from '../fit/table-estimator.ts'
import type { TrainingTable } from '../tables/training-table.ts'
import { classificationScores, type Evaluation } from './classification-scores.ts'
import { takeWeights } from './take-weights.ts'

/** Scores a classifier by stratified k-fold cross-validation; the same seed gives the same folds. */
export const crossValidate = (
  table: TrainingTable,
  options: FitArguments,
  folds: { readonly nSplits: number; readonly seed: number },
): Evaluation => {
  const y = table.labels.toClasses()
  const splits = stratifiedKFold(y, {
    nSplits: folds.nSplits,
    shuffle: true,
    randomState: folds.seed,
  })
  const { classes } = confusionMatrix(y, y)
  const width = classes.length
  const probabilities = new Matrix(new Float64Array(table.nRows * width), table.nRows, width)
  const predicted = new Array<Label>(table.nRows)
  let notConverged = 0
  const progress = startFitProgress()
  const predict = createPredictor(table, options, y, progress.onIteration)
  for (const [index, split] of splits.entries()) {
    progress.next(index, splits.length)
    const fold = predict(split)
    if (!fold.converged) notConverged++
    for (const [i, row] of split.test.entries()) {
      // A class whose rows are all in this fold is unknown to the model and keeps probability zero.
      for (const [k, label] of fold.classes.entries()) {
        probabilities.row(row)[classes.indexOf(label)] = fold.probabilities.row(i)[k]
      }
      predicted[row] = fold.labels[i]
    }
  }
  progress.end()
  return { ...classificationScores(y, predicted, probabilities), notConverged }
}

type Split = ReturnType<typeof stratifiedKFold>[number]

type Fold = {
  readonly converged: boolean | undefined
  readonly classes: readonly Label[]
  readonly probabilities: Matrix
  readonly labels: readonly Label[]
}

/** What fits a model to some rows, and has it predict the others. */
const createPredictor = (
  table: TrainingTable,
  options: FitArguments,
  y: readonly Label[],
  onIteration: FitOptions['onIteration'],
): ((split: Split) => Fold) => {
  const optionsFor = (split: Split) => {
    return { sampleWeight: takeWeights(table.weights, split.train), onIteration }
  }
  if (isPlain(table)) {
    const X = toMatrix(table)
    const estimator = new LogisticRegression(toModelOptions(options))
    return (split) => {
      const { XTrain, yTrain, XTest } = takeSplit(X, y, split)
      const model = estimator.fit(XTrain, yTrain, optionsFor(split))
      const { converged, classes } = model
      return {
        ...{ converged, classes },
        probabilities: model.predictProba(XTest),
        labels: model.predict(XTest),
      }
    }
  }
  const X: Frame = toFrame(table)
  // A category that is in the rows of one fold only is unknown to the fit without them.
  const estimator = classifierPipeline(table, options, 'ignore')
  return (split) => {
    const { XTrain, yTrain, XTest } = takeSplit(X, y, split)
    const pipeline = estimator.fit(XTrain, yTrain, optionsFor(split))
    const { converged, classes } = pipeline.model
    return {
      ...{ converged, classes },
      probabilities: pipeline.predictProba(XTest),
      labels: pipeline.predict(XTest),
    }
  }
}
