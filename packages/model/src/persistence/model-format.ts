import type { Label } from '../labels.ts'
import type { FitReport, ModelParameters } from '../linear-model/model-parameters.ts'

export const formatName = 'dsapi-logistic-regression'

/** The version grows where an older reader would misunderstand the rest, and there alone. */
export const formatVersions = { plain: 1, oneVsRest: 2 } as const

/**
 * A fitted model as JSON. Numbers are written in the shortest form that reads back to the same
 * double, as JavaScript and Python both do, so nothing is lost on the way.
 */
export interface LogisticRegressionJSON {
  readonly format: typeof formatName
  readonly formatVersion: 1 | 2
  /** Only in version 2: how probabilities are made of scores. */
  readonly multiClass?: 'ovr'
  readonly classes: readonly Label[]
  readonly coef: readonly (readonly number[])[]
  readonly intercept: readonly number[]
  readonly featureNames: readonly string[]
  readonly fit?: FitReport
}

/** The parts of a fitted model, with all names. */
type ModelParts = ModelParameters<Label> & { readonly featureNames: readonly string[] }

export const formatOf = (model: ModelParts): LogisticRegressionJSON => ({
  format: formatName,
  ...(model.multiClass === 'ovr'
    ? { formatVersion: formatVersions.oneVsRest, multiClass: model.multiClass }
    : { formatVersion: formatVersions.plain }),
  classes: model.classes,
  coef: model.coef,
  intercept: model.intercept,
  featureNames: model.featureNames,
  ...(model.fit && { fit: model.fit }),
})
