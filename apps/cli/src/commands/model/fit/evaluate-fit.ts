import { type Evaluation, evaluateClasses, evaluateValues } from '@dsapi/inference'
import { kFold, type Label, LinearRegressionModel, ModelError, stratifiedKFold } from '@dsapi/model'
import { say } from '../../../terminal/output.ts'
import { predictValues } from '../evaluate/cross-validate-regression.ts'
import { type FoldPredictions, predictFolds } from '../evaluate/predict-folds.ts'
import type { TrainingTable } from '../tables/training-table.ts'
import type { FitArguments } from './fit-options.ts'
import type { FittedTable } from './fit-table.ts'
import { featureNamesOf } from './table-estimator.ts'

const mostFolds = 5
/** Tables with more values are evaluated in one fold instead of five: that takes less time than the fit itself. */
const mostValues = 5_000_000

/**
 * Evaluates a fit by cross-validation, to be stored with the version.
 *
 * @returns undefined where that is not possible, after having reported why
 */
export const evaluateFit = (
  table: TrainingTable,
  model: FittedTable['model'],
  options: FitArguments,
): Evaluation | undefined => {
  try {
    return model instanceof LinearRegressionModel
      ? evaluateRegression(table, options)
      : evaluateClassifier(table, model, options)
  } catch (error) {
    // The fit itself has succeeded.
    if (!(error instanceof ModelError)) throw error
    return notEvaluated(error.message)
  }
}

const notEvaluated = (reason: string) => {
  say(`The fit was not evaluated: ${reason}.`)
  return undefined
}

const evaluateRegression = (table: TrainingTable, options: FitArguments) => {
  const nSplits = Math.min(mostFolds, table.nRows)
  if (nSplits < 2) return notEvaluated('there is one row only')
  const splits = used(table, kFold(table.nRows, { nSplits, shuffle: true, randomState: 0 }))
  const { actual, predicted } = predictValues(table, options, splits)
  return {
    ...evaluateValues(actual, predicted),
    ...{ source: 'folds', folds: splits.length, rows: actual.length, refused: 0 },
  } satisfies Evaluation
}

type Classifier = Exclude<FittedTable['model'], LinearRegressionModel>

const evaluateClassifier = (table: TrainingTable, model: Classifier, options: FitArguments) => {
  if (model.calibration !== undefined) {
    return notEvaluated(
      'folds do not show how well it is calibrated. Use rows that it has not seen: dsapi model evaluate --store',
    )
  }
  const y = table.labels.toClasses()
  const counts = new Map<Label, number>()
  for (const label of y) counts.set(label, (counts.get(label) ?? 0) + 1)
  const nSplits = Math.min(mostFolds, ...counts.values())
  if (nSplits < 2) return notEvaluated('a class has one row only')
  const splits = used(table, stratifiedKFold(y, { nSplits, shuffle: true, randomState: 0 }))
  const folds = predictFolds(table, options, splits)
  return {
    ...evaluateClasses({ ...folds, predicted: decided(folds, model.threshold) }),
    ...{ source: 'folds', folds: splits.length, rows: folds.labels.length, refused: 0 },
  } satisfies Evaluation
}

/** The classes that a threshold decides. */
const decided = (
  { classes, predicted, probabilities }: FoldPredictions,
  threshold: number | undefined,
): readonly Label[] =>
  threshold === undefined
    ? predicted
    : predicted.map((_, row) => classes[Number(probabilities.row(row)[1] >= threshold)])

const used = <T>(table: TrainingTable, splits: readonly T[]): readonly T[] =>
  table.nRows * featureNamesOf(table).length > mostValues ? splits.slice(0, 1) : splits
