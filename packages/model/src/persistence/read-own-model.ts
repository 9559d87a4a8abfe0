import type { Label } from '../labels.ts'
import { LogisticRegressionModel } from '../linear-model/logistic-regression-model.ts'
import type { FitReport, ModelParameters } from '../linear-model/model-parameters.ts'
import { formatName, formatVersions } from './model-format.ts'
import { readCalibration, readThreshold } from './read-calibration.ts'
import { type JsonObject, readNumber, readObject, refuseModel, shown } from './read-json.ts'
import { readParameters } from './read-parameters.ts'

/**
 * Reads the form that `toJSON` writes. Names and classes are taken as they are: a model that was
 * stored goes on being read when the rule for names has become stricter since.
 *
 * @throws {ModelError} `invalid_model`, saying where
 */
export const readOwnModel = (json: JsonObject): LogisticRegressionModel => {
  const version = readVersion(json)
  const parameters = readParameters(json)
  const fit = json.fit === undefined ? undefined : readFit(json.fit)
  const multiClass = readMultiClass(json, version)
  const decision = readDecision(json, version, parameters)
  return new LogisticRegressionModel({ ...parameters, fit, multiClass, ...decision })
}

type Version = (typeof formatVersions)[keyof typeof formatVersions]

const readVersion = ({ format, formatVersion }: JsonObject): Version => {
  if (format !== formatName) refuseModel(`format is ${shown(format)}; expected "${formatName}"`)
  const versions = Object.values(formatVersions)
  const version = versions.find((known) => known === formatVersion)
  if (version !== undefined) return version
  const reason =
    typeof formatVersion === 'number' && formatVersion > formatVersions.decision
      ? ': the file was written by a newer version of this package'
      : ''
  return refuseModel(
    `formatVersion is ${shown(formatVersion)}; expected ${versions.join(' or ')}${reason}`,
  )
}

/** Either the version says it too, or the file was put together by hand, and nobody knows which is meant. */
const readMultiClass = ({ multiClass }: JsonObject, version: Version): 'ovr' | undefined => {
  const { plain, oneVsRest } = formatVersions
  if (version !== plain && multiClass === 'ovr') return multiClass
  if (version !== oneVsRest && (multiClass === undefined || multiClass === 'multinomial')) {
    return undefined
  }
  return refuseModel(
    `multiClass is ${shown(multiClass)} in formatVersion ${version}; expected "ovr" in version ${oneVsRest}, and not in version ${plain}`,
  )
}

const readDecision = (
  { calibration, threshold }: JsonObject,
  version: Version,
  { classes, intercept }: ModelParameters<Label>,
) => {
  const isThere = calibration !== undefined || threshold !== undefined
  if (isThere !== (version === formatVersions.decision)) {
    refuseModel(
      `formatVersion is ${version}; expected ${formatVersions.decision} for a model with calibration or threshold, and no other`,
    )
  }
  return {
    calibration:
      calibration === undefined ? undefined : readCalibration(calibration, intercept.length),
    threshold: threshold === undefined ? undefined : readThreshold(threshold, classes.length),
  }
}

const readFit = (value: unknown): FitReport => {
  const { converged, nIter, gradientNorm, objective } = readObject(value, 'fit')
  if (typeof converged !== 'boolean') {
    return refuseModel(`fit.converged is ${shown(converged)}; expected true or false`)
  }
  return {
    converged,
    nIter: readNumber(nIter, 'fit.nIter'),
    gradientNorm: readNumber(gradientNorm, 'fit.gradientNorm'),
    objective: readNumber(objective, 'fit.objective'),
  }
}
