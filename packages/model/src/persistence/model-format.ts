import type { Calibration } from '../calibration/calibration.ts'
import type { Label } from '../labels.ts'
import type { FitReport, ModelParameters } from '../linear-model/model-parameters.ts'

export const formatName = 'dsapi-logistic-regression'

/** The version grows where an older reader would misunderstand the rest, and there alone. */
export const formatVersions = { plain: 1, oneVsRest: 2, decision: 3 } as const

/**
 * A fitted model as JSON. Numbers are written in the shortest form that reads back to the same
 * double, as JavaScript and Python both do, so nothing is lost on the way.
 */
export interface LogisticRegressionJSON {
  readonly format: typeof formatName
  readonly formatVersion: 1 | 2 | 3
  /** Only in version 2 and 3: how probabilities are made of scores. */
  readonly multiClass?: 'ovr'
  readonly classes: readonly Label[]
  readonly coef: readonly (readonly number[])[]
  readonly intercept: readonly number[]
  readonly featureNames: readonly string[]
  readonly fit?: FitReport
  /** Only in version 3: what makes probabilities of the scores. */
  readonly calibration?: Calibration
  /** Only in version 3: the probability from which the second of two classes is answered. */
  readonly threshold?: number
}

/** The parts of a fitted model, with all names. */
type ModelParts = ModelParameters<Label> & { readonly featureNames: readonly string[] }

export const formatOf = (model: ModelParts): LogisticRegressionJSON => ({
  format: formatName,
  formatVersion: versionOf(model),
  ...(model.multiClass === 'ovr' && { multiClass: model.multiClass }),
  classes: model.classes,
  coef: model.coef,
  intercept: model.intercept,
  featureNames: model.featureNames,
  ...(model.fit && { fit: model.fit }),
  ...(model.calibration && { calibration: model.calibration }),
  ...(model.threshold !== undefined && { threshold: model.threshold }),
})

const versionOf = ({ multiClass, calibration, threshold }: ModelParts) => {
  const { plain, oneVsRest, decision } = formatVersions
  if (calibration !== undefined || threshold !== undefined) return decision
  return multiClass === 'ovr' ? oneVsRest : plain
}
