import {
  type FitProgress,
  type FittedPipeline,
  LinearRegression,
  type LinearRegressionModel,
  LogisticRegression,
  type LogisticRegressionModel,
} from '@dsapi/model'
import { say } from '../../../terminal/output.ts'
import type { TrainingTable } from '../tables/training-table.ts'
import { type FitArguments, toModelOptions } from './fit-options.ts'
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

const quietMs = 1000

/** Reports the steps of a fit that takes longer than a second. */
const reportProgress = () => {
  const started = performance.now()
  return ({ iteration, gap, objective }: FitProgress) => {
    if (performance.now() - started < quietMs) return
    say(`step ${iteration}: ${(gap / objective).toExponential(1)} of the objective to go`)
  }
}

/** Fits a model to all rows: to the numbers as they are where there is nothing else, or else a pipeline. */
export const fitTable = (table: TrainingTable, task: Task, options: FitArguments): FittedTable => {
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
  const fitOptions = { sampleWeight, onIteration: reportProgress() }
  if (isPlain(table)) {
    const model = new LogisticRegression(toModelOptions(options)).fit(toMatrix(table), y, {
      ...fitOptions,
      featureNames: featureNamesOf(table),
    })
    return { file: model, model }
  }
  const pipeline: FittedPipeline<LogisticRegressionModel> = classifierPipeline(table, options).fit(
    toFrame(table),
    y,
    fitOptions,
  )
  return { file: pipeline, model: pipeline.model }
}
