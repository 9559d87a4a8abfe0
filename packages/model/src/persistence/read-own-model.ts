import { LogisticRegressionModel } from '../linear-model/logistic-regression-model.ts'
import type { FitReport } from '../linear-model/model-parameters.ts'
import { formatName, formatVersions } from './model-format.ts'
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
  return new LogisticRegressionModel({ ...parameters, fit, multiClass })
}

const readVersion = ({ format, formatVersion: version }: JsonObject) => {
  if (format !== formatName) refuseModel(`format is ${shown(format)}; expected "${formatName}"`)
  const { plain, oneVsRest } = formatVersions
  if (version === plain || version === oneVsRest) return version
  const reason =
    typeof version === 'number' && version > oneVsRest
      ? ': the file was written by a newer version of this package'
      : ''
  return refuseModel(
    `formatVersion is ${shown(version)}; expected ${plain} or ${oneVsRest}${reason}`,
  )
}

/** Either the version says it too, or the file was put together by hand, and nobody knows which is meant. */
const readMultiClass = ({ multiClass }: JsonObject, version: 1 | 2): 'ovr' | undefined => {
  const isOneVsRest = version === formatVersions.oneVsRest
  if (isOneVsRest && multiClass === 'ovr') return multiClass
  if (!isOneVsRest && (multiClass === undefined || multiClass === 'multinomial')) return undefined
  return refuseModel(
    `multiClass is ${shown(multiClass)} in formatVersion ${version}; expected "ovr" in version ${formatVersions.oneVsRest}, and there alone`,
  )
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
