import {
  type FittedPipeline,
  LinearRegression,
  type LinearRegressionModel,
  LogisticRegression,
  type LogisticRegressionModel,
} from '@dsapi/model'
import type { TrainingTable } from '../tables/training-table.ts'
import { decide } from './decide.ts'
import type { DecisionArguments } from './decision-options.ts'
import { type FitArguments, toModelOptions } from './fit-options.ts'
import { startFitProgress } from './fit-progress.ts'
import {
  classifierPipeline,
  featureNamesOf,
  isPlain,
  regressorPipeline,
  toFrame,
  toMatrix,
} from './table-estimator.ts'
import type { Task } from './task.ts'

/** A model that was fitted to a table. */
export type FittedTable = {
  /** What is stored. */
  readonly file: { readonly toJSON: () => unknown }
  /** The last step, or all there is. */
  readonly model: LogisticRegressionModel | LinearRegressionModel
}

/** Fits a model to all rows: to the numbers as they are where there is nothing else, or else a pipeline. */
export const fitTable = (
  table: TrainingTable,
  task: Task,
  options: FitArguments & DecisionArguments,
): FittedTable => {
  const sampleWeight = table.weights
  if (task === 'regression') {
    const y = table.labels.numbers ?? []
    if (isPlain(table) && options.penalty === 'none') {
      const model = new LinearRegression({ fitIntercept: options.intercept }).fit(
        ...[toMatrix(table), y, { sampleWeight, featureNames: featureNamesOf(table) }],
      )
      return { file: model, model }
    }
    const pipeline = regressorPipeline(table, options).fit(toFrame(table), y, { sampleWeight })
    return { file: pipeline, model: pipeline.model }
  }
  const y = table.labels.toClasses()
  const progress = startFitProgress()
  const fitOptions = { sampleWeight, onIteration: progress.onIteration }
  if (isPlain(table)) {
    const estimator = new LogisticRegression(toModelOptions(options))
    const X = toMatrix(table)
    const featureNames = featureNamesOf(table)
    const fitted = estimator.fit(X, y, { ...fitOptions, featureNames })
    progress.end()
    const model = decide(fitted, options, { estimator, X, y, sampleWeight })
    return { file: model, model }
  }
  const X = toFrame(table)
  const pipeline: FittedPipeline<LogisticRegressionModel> = classifierPipeline(table, options).fit(
    X,
    y,
    fitOptions,
  )
  progress.end()
  // A category that is in the rows of one fold only is unknown to the fit without them.
  const estimator = classifierPipeline(table, options, 'ignore')
  const model = decide(pipeline.model, options, { estimator, X, y, sampleWeight })
  return { file: pipeline.withModel(model), model }
}
