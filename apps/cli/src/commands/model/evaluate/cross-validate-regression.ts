import {
  kFold,
  meanAbsoluteError,
  medianAbsoluteError,
  r2Score,
  rootMeanSquaredError,
  takeSplit,
} from '@dsapi/model'
import { CliError } from '../../../terminal/cli-error.ts'
import type { FitArguments } from '../fit/fit-options.ts'
import { regressorPipeline, toFrame } from '../fit/table-estimator.ts'
import type { TrainingTable } from '../tables/training-table.ts'
import { takeWeights } from './take-weights.ts'

/** How well numbers are predicted for rows that a model has not seen. */
export type RegressionEvaluation = {
  readonly scores: Readonly<Record<string, number>>
  readonly actual: Float64Array
  readonly predicted: Float64Array
}

/**
 * Scores a regression by k-fold cross-validation; the same seed gives the same folds.
 *
 * @throws CliError when there are fewer rows than folds
 */
export const crossValidateRegression = (
  table: TrainingTable,
  options: FitArguments,
  { nSplits, seed }: { readonly nSplits: number; readonly seed: number },
): RegressionEvaluation => {
  const { nRows } = table
  if (nSplits > nRows) {
    throw new CliError(
      `There are too few rows for ${nSplits} folds: ${nRows}. Ask for fewer: --folds ${nRows}`,
    )
  }
  const splits = kFold(nRows, { nSplits, shuffle: true, randomState: seed })
  const { actual, predicted } = predictValues(table, options, splits)
  return {
    scores: {
      R2: r2Score(actual, predicted),
      MAE: meanAbsoluteError(actual, predicted),
      RMSE: rootMeanSquaredError(actual, predicted),
      'median absolute error': medianAbsoluteError(actual, predicted),
    },
    ...{ actual, predicted },
  }
}

type Split = ReturnType<typeof kFold>[number]

/** Fits a regression to the other rows of each split, and has it predict those of the split. */
export const predictValues = (
  table: TrainingTable,
  options: FitArguments,
  splits: readonly Split[],
): Pick<RegressionEvaluation, 'actual' | 'predicted'> => {
  const y = Array.from(table.labels.numbers ?? [])
  const X = toFrame(table)
  const found = new Map<number, number>()
  // A category that is in the rows of one fold only is unknown to the fit without them.
  const estimator = regressorPipeline(table, options, 'ignore')
  for (const split of splits) {
    const { XTrain, yTrain, XTest } = takeSplit(X, y, split)
    const sampleWeight = takeWeights(table.weights, split.train)
    const values = estimator.fit(XTrain, yTrain, { sampleWeight }).predict(XTest)
    for (const [i, row] of split.test.entries()) found.set(row, values[i])
  }
  const rows = Array.from(found.keys()).sort((a, b) => a - b)
  return {
    actual: Float64Array.from(rows, (row) => y[row]),
    predicted: Float64Array.from(rows, (row) => found.get(row) ?? Number.NaN),
  }
}
