import {
  type FitOptions,
  type Frame,
  type Label,
  LogisticRegression,
  Matrix,
  type stratifiedKFold,
  takeSplit,
} from '@dsapi/model'
import { type FitArguments, toModelOptions } from '../fit/fit-options.ts'
import { startFitProgress } from '../fit/fit-progress.ts'
import { classifierPipeline, isPlain, toFrame, toMatrix } from '../fit/table-estimator.ts'
import type { TrainingTable } from '../tables/training-table.ts'
import { takeWeights } from './take-weights.ts'

type Split = ReturnType<typeof stratifiedKFold>[number]

/** Rows that were predicted by fits to the folds without them, in their order in the table. */
export type FoldPredictions = {
  /** All classes of the table, in ascending order. */
  readonly classes: readonly Label[]
  readonly labels: readonly Label[]
  readonly predicted: Label[]
  readonly probabilities: Matrix
  /** The number of folds whose fit did not converge. */
  readonly notConverged: number
}

/** Fits a classifier to the other rows of each split, and has it predict those of the split. */
export const predictFolds = (
  table: TrainingTable,
  options: FitArguments,
  splits: readonly Split[],
): FoldPredictions => {
  const y = table.labels.toClasses()
  const classes = [...new Set(y)].sort(inOrder)
  const rows = splits.flatMap(({ test }) => Array.from(test)).sort((a, b) => a - b)
  const placeOf = new Map(rows.map((row, place) => [row, place]))
  const width = classes.length
  const probabilities = new Matrix(new Float64Array(rows.length * width), rows.length, width)
  const predicted = new Array<Label>(rows.length)
  let notConverged = 0
  const progress = startFitProgress()
  const predict = createPredictor(table, options, y, progress.onIteration)
  for (const [index, split] of splits.entries()) {
    progress.next(index, splits.length)
    const fold = predict(split)
    if (!fold.converged) notConverged++
    const columns = fold.classes.map((label) => classes.indexOf(label))
    for (const [i, row] of split.test.entries()) {
      const place = placeOf.get(row) ?? 0
      // A class whose rows are all in this fold is unknown to the model and keeps probability zero.
      for (const [k, column] of columns.entries()) {
        probabilities.row(place)[column] = fold.probabilities.row(i)[k]
      }
      predicted[place] = fold.labels[i]
    }
  }
  progress.end()
  return { classes, labels: rows.map((row) => y[row]), predicted, probabilities, notConverged }
}

/** As scikit-learn orders classes: numbers by value, texts by their code points. */
const inOrder = (a: Label, b: Label) => (a < b ? -1 : a > b ? 1 : 0)

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
