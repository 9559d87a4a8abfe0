import type { Label } from '../labels.ts'
import type { ModelParameters } from '../linear-model/model-parameters.ts'
import { readCalibration, readThreshold } from './read-calibration.ts'
import {
  type JsonObject,
  readArray,
  readNumbers,
  readObject,
  readWord,
  refuseModel,
  shown,
} from './read-json.ts'

/** Classes, weights and names of a model, whatever wrote it. */
export const readParameters = (json: JsonObject): ModelParameters<Label> => {
  const classes = readClasses(json.classes)
  const nScores = classes.length === 2 ? 1 : classes.length
  const coef = readArray(json.coef, 'coef', nScores).map((row, k) => readNumbers(row, `coef[${k}]`))
  const nFeatures = coef[0].length
  for (const [k, row] of coef.entries()) {
    if (row.length !== nFeatures) {
      refuseModel(`coef[${k}] has ${row.length} numbers; expected ${nFeatures}, as in coef[0]`)
    }
  }
  const intercept = readNumbers(json.intercept, 'intercept', nScores)
  const names = json.featureNames ?? json.feature_names ?? undefined
  const featureNames = names === undefined ? undefined : readNames(names, nFeatures)
  return { classes, coef, intercept, featureNames }
}

/**
 * Makes sure of the same for parts that were not read from JSON.
 *
 * @throws {ModelError} `invalid_model`
 */
export const checkParameters = (parameters: unknown): void => {
  const { multiClass, calibration, threshold, ...json } = readObject(parameters, 'the model')
  const { classes, intercept } = readParameters(json)
  if (calibration !== undefined) readCalibration(calibration, intercept.length)
  if (threshold !== undefined) readThreshold(threshold, classes.length)
  if (multiClass !== undefined) readWord(multiClass, 'multiClass', ['multinomial', 'ovr'])
}

const isLabel = (value: unknown): value is Label =>
  typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value))

const readClasses = (value: unknown): Label[] => {
  const classes = readArray(value, 'classes').map((label, k) =>
    isLabel(label)
      ? label
      : refuseModel(`classes[${k}] is ${shown(label)}; expected a number or text`),
  )
  if (classes.length < 2) refuseModel('classes has one entry; expected at least two')
  if (new Set(classes).size < classes.length) refuseModel('classes has an entry twice')
  return classes
}

const readNames = (value: unknown, length: number): string[] => {
  const names = readArray(value, 'featureNames', length).map((name, j) =>
    typeof name === 'string'
      ? name
      : refuseModel(`featureNames[${j}] is ${shown(name)}; expected text`),
  )
  if (new Set(names).size < names.length) refuseModel('featureNames has a name twice')
  return names
}
