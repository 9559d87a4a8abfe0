import {
  type ColumnImportance,
  kFold,
  LogisticRegression,
  permutationImportance,
  stratifiedKFold,
  takeSplit,
} from '@dsapi/model'
import { bar } from '../../../terminal/bar.ts'
import { table as drawTable } from '../../../terminal/output.ts'
import { type FitArguments, toModelOptions } from '../fit/fit-options.ts'
import {
  classifierPipeline,
  featureNamesOf,
  isPlain,
  regressorPipeline,
  toFrame,
  toMatrix,
} from '../fit/table-estimator.ts'
import type { Task } from '../fit/task.ts'
import type { TrainingTable } from '../tables/training-table.ts'
import { takeWeights } from './take-weights.ts'

/**
 * How much the score of the rows in the first fold depends on each column, for a fit to the other rows. The score is the accuracy, or
 * R² of numbers.
 */
export const importanceOf = (
  table: TrainingTable,
  task: Task,
  options: FitArguments,
  { nSplits, seed }: { readonly nSplits: number; readonly seed: number },
): readonly ColumnImportance[] => {
  const settings = { randomState: seed }
  const folds = { nSplits, shuffle: true, randomState: seed }
  if (task === 'regression') {
    const [split] = kFold(table.nRows, folds)
    const sampleWeight = takeWeights(table.weights, split.train)
    const part = takeSplit(toFrame(table), Array.from(table.labels.numbers ?? []), split)
    const estimator = regressorPipeline(table, options, 'ignore')
    const fitted = estimator.fit(part.XTrain, part.yTrain, { sampleWeight })
    return permutationImportance(fitted, part.XTest, part.yTest, settings)
  }
  const y = table.labels.toClasses()
  const [split] = stratifiedKFold(y, folds)
  const sampleWeight = takeWeights(table.weights, split.train)
  if (isPlain(table)) {
    const part = takeSplit(toMatrix(table), y, split)
    const estimator = new LogisticRegression(toModelOptions(options))
    const fitted = estimator.fit(part.XTrain, part.yTrain, { sampleWeight })
    const names = featureNamesOf(table)
    const found = permutationImportance(fitted, part.XTest, part.yTest, settings)
    return found.map((one, j) => ({ ...one, column: names[j] }))
  }
  const part = takeSplit(toFrame(table), y, split)
  const estimator = classifierPipeline(table, options, 'ignore')
  const fitted = estimator.fit(part.XTrain, part.yTrain, { sampleWeight })
  return permutationImportance(fitted, part.XTest, part.yTest, settings)
}

/** Draws importances for a terminal, the largest first. */
export const drawImportance = (importances: readonly ColumnImportance[]): string => {
  const largest = Math.max(...importances.map(({ mean }) => mean), Number.MIN_VALUE)
  const sorted = [...importances].sort((a, b) => b.mean - a.mean)
  return drawTable(
    ['COLUMN', 'IMPORTANCE', '', ''],
    sorted.map(({ column, mean, deviation }) => [
      String(column),
      mean.toFixed(4),
      `± ${deviation.toFixed(4)}`,
      bar(Math.max(mean, 0) / largest),
    ]),
  )
}
