import type { Label } from './labels.ts'
import type { FitReport, LogisticRegressionModel } from './logistic-regression-model.ts'

export const formatName = 'dsapi-logistic-regression'
export const formatVersion = 1

/**
 * A fitted model as JSON. Numbers are written in the shortest form that reads back to the same
 * double, as JavaScript and Python both do, so nothing is lost on the way.
 */
export interface LogisticRegressionJSON {
  readonly format: typeof formatName
  /** Grows when an older reader would misunderstand the rest. */
  readonly formatVersion: typeof formatVersion
  readonly classes: readonly Label[]
  readonly coef: readonly (readonly number[])[]
  readonly intercept: readonly number[]
  readonly featureNames: readonly string[]
  readonly fit?: FitReport
}

export const formatOf = (model: LogisticRegressionModel): LogisticRegressionJSON => ({
  format: formatName,
  formatVersion,
  classes: model.classes,
  coef: model.coef,
  intercept: model.intercept,
  featureNames: model.featureNames,
  ...(model.fit && { fit: model.fit }),
})
