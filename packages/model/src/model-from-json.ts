import { ModelError } from './errors.ts'
import type { Label } from './labels.ts'
import { type FitReport, LogisticRegressionModel } from './logistic-regression-model.ts'
import { formatName, formatVersion } from './model-format.ts'

/**
 * Reads a model: one that `toJSON` wrote, or a plain `{ classes, coef, intercept }` with
 * `feature_names` if there are any, as one line of Python writes it from scikit-learn.
 *
 * @param value what `JSON.parse` gave
 * @throws {ModelError} `invalid_model` when something is missing, damaged, or of a newer version; the
 *   message says where
 */
export function modelFromJSON(value: unknown): LogisticRegressionModel {
  const json = readObject(value, 'the model')
  if (json.format !== undefined) checkFormat(json.format, json.formatVersion)
  const classes = readClasses(json.classes)
  const nScores = classes.length === 2 ? 1 : classes.length
  const coef = readArray(json.coef, 'coef', nScores).map((row, k) => readNumbers(row, `coef[${k}]`))
  const nFeatures = coef[0].length
  for (const [k, row] of coef.entries()) {
    if (row.length !== nFeatures) {
      refuse(`coef[${k}] has ${row.length} numbers; expected ${nFeatures}, as in coef[0]`)
    }
  }
  const intercept = readNumbers(json.intercept, 'intercept', nScores)
  const names = json.featureNames ?? json.feature_names ?? undefined
  const featureNames = names === undefined ? undefined : readNames(names, nFeatures)
  const fit = json.fit === undefined ? undefined : readFit(json.fit)
  return new LogisticRegressionModel({ classes, coef, intercept, featureNames, fit })
}

type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const readObject = (value: unknown, what: string): Json =>
  isObject(value) ? value : refuse(`${what} is ${show(value)}; expected an object`)

const checkFormat = (format: unknown, version: unknown) => {
  if (format !== formatName) refuse(`format is ${show(format)}; expected "${formatName}"`)
  if (version === formatVersion) return
  if (typeof version === 'number' && version > formatVersion) {
    refuse(
      `formatVersion is ${version}; expected ${formatVersion}: the file was written by a newer version of this package`,
    )
  }
  refuse(`formatVersion is ${show(version)}; expected ${formatVersion}`)
}

const readArray = (value: unknown, what: string, length?: number): readonly unknown[] => {
  if (!Array.isArray(value)) return refuse(`${what} is ${show(value)}; expected an array`)
  if (length !== undefined && value.length !== length) {
    refuse(`${what} has ${value.length} entries; expected ${length}`)
  }
  return value.length === 0 ? refuse(`${what} is empty`) : value
}

const readNumber = (value: unknown, what: string): number =>
  typeof value === 'number' && Number.isFinite(value)
    ? value
    : refuse(`${what} is ${show(value)}; expected a finite number`)

const readNumbers = (value: unknown, what: string, length?: number): number[] =>
  readArray(value, what, length).map((entry, i) => readNumber(entry, `${what}[${i}]`))

const isLabel = (value: unknown): value is Label =>
  typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value))

const readClasses = (value: unknown): Label[] => {
  const classes = readArray(value, 'classes').map((label, k) =>
    isLabel(label) ? label : refuse(`classes[${k}] is ${show(label)}; expected a number or text`),
  )
  if (classes.length < 2) refuse('classes has one entry; expected at least two')
  if (new Set(classes).size < classes.length) refuse('classes has an entry twice')
  return classes
}

const readNames = (value: unknown, length: number): string[] => {
  const names = readArray(value, 'featureNames', length).map((name, j) =>
    typeof name === 'string' ? name : refuse(`featureNames[${j}] is ${show(name)}; expected text`),
  )
  if (new Set(names).size < names.length) refuse('featureNames has a name twice')
  return names
}

const readFit = (value: unknown): FitReport => {
  const { converged, nIter, gradientNorm, objective } = readObject(value, 'fit')
  if (typeof converged !== 'boolean') {
    return refuse(`fit.converged is ${show(converged)}; expected true or false`)
  }
  return {
    converged,
    nIter: readNumber(nIter, 'fit.nIter'),
    gradientNorm: readNumber(gradientNorm, 'fit.gradientNorm'),
    objective: readNumber(objective, 'fit.objective'),
  }
}

const longestShown = 40

const show = (value: unknown) => {
  if (value === undefined) return 'missing'
  const text = JSON.stringify(value) ?? String(value)
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text
}

const refuse = (message: string): never => {
  throw new ModelError('invalid_model', message)
}
