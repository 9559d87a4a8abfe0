import { LinearRegressionModel } from '../linear-model/linear-regression-model.ts'
import { LogisticRegressionModel } from '../linear-model/logistic-regression-model.ts'
import { FittedPipeline } from './fitted-pipeline.ts'

/**
 * Whether a pipeline, such as one that was read from a file, ends in a model that predicts classes.
 *
 * Source: `sklearn.base.is_classifier`.
 */
export function isClassifier(
  pipeline: unknown,
): pipeline is FittedPipeline<LogisticRegressionModel> {
  return pipeline instanceof FittedPipeline && pipeline.model instanceof LogisticRegressionModel
}

/**
 * Whether a pipeline, such as one that was read from a file, ends in a model that predicts numbers.
 *
 * Source: `sklearn.base.is_regressor`.
 */
export function isRegressor(pipeline: unknown): pipeline is FittedPipeline<LinearRegressionModel> {
  return pipeline instanceof FittedPipeline && pipeline.model instanceof LinearRegressionModel
}
