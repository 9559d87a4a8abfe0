import { stratifiedKFold } from '@dsapi/model'
import type { FitArguments } from '../fit/fit-options.ts'
import type { TrainingTable } from '../tables/training-table.ts'
import { classificationScores, type Evaluation } from './classification-scores.ts'
import { predictFolds } from './predict-folds.ts'

/** Scores a classifier by stratified k-fold cross-validation; the same seed gives the same folds. */
export const crossValidate = (
  table: TrainingTable,
  options: FitArguments,
  { nSplits, seed }: { readonly nSplits: number; readonly seed: number },
): Evaluation => {
  const y = table.labels.toClasses()
  const splits = stratifiedKFold(y, { nSplits, shuffle: true, randomState: seed })
  const { predicted, probabilities, notConverged } = predictFolds(table, options, splits)
  return { ...classificationScores(y, predicted, probabilities), notConverged }
}
