import { ModelError } from '../errors.ts'
import type { Label } from '../labels.ts'
import { LogisticRegressionModel } from '../linear-model/logistic-regression-model.ts'
import type { ModelParameters } from '../linear-model/model-parameters.ts'
import { show } from '../validation/show.ts'
import { type JsonObject, refuseModel, shown } from './read-json.ts'
import { readParameters } from './read-parameters.ts'

/** What can be made of a file from Python. */
export type PythonModel = {
  /** Each model that the file may mean, the likeliest first. */
  readonly candidates: readonly LogisticRegressionModel[]
  readonly assumptions: readonly string[]
  /** Why the first candidate is not to be taken without rows that show which is meant. */
  readonly refusal: ModelError | undefined
}

/** How probabilities are made of scores: by softmax of a score for each class, or class by class. */
type Way = 'multinomial' | 'ovr'

const logistic = ['LogisticRegression', 'LogisticRegressionCV']

/**
 * Reads what Python wrote of a model of scikit-learn.
 *
 * @throws {ModelError} `invalid_model`, saying where
 */
export const readPythonModel = (json: JsonObject): PythonModel => {
  const parameters = readParameters(inWords(json))
  const { ways, unsure } = waysOf(json, parameters.classes.length)
  const candidates = ways.map((way) => withWay(parameters, way))
  const says = parameters.classes.length === 2 ? meansOfTwo : meansOfMore
  const assumptions = [
    `The file has no check rows: that the model answers as Python did is taken for granted. ${says[ways[0]]}`,
    ...passedOver(json),
  ]
  const refusal =
    unsure === undefined
      ? undefined
      : new ModelError('invalid_model', `${unsure}; expected check rows, which show its answers`)
  return { candidates, assumptions, refusal }
}

const knownMembers = [
  ...['classes', 'coef', 'intercept', 'featureNames', 'feature_names'],
  ...['multi_class', 'solver', 'estimator', 'check'],
]

/** What is not known may belong to the model, such as a scaler before it. */
const passedOver = (json: JsonObject): readonly string[] => {
  const others = Object.keys(json).filter((name) => !knownMembers.includes(name))
  if (others.length === 0) return []
  return [`The file has members that are passed over: ${others.slice(0, 10).map(show).join(', ')}.`]
}

const meansOfTwo = {
  ovr: 'The probability of the second class is 1 / (1 + e^-score).',
  multinomial:
    'The probability of the second class is 1 / (1 + e^(-2 score)) (multi_class="multinomial").',
}

const meansOfMore = {
  ovr: 'The probabilities are the sigmoids of the scores, divided by their sum (one-vs-rest).',
  multinomial: 'The probabilities are the softmax of the scores (multinomial), not one-vs-rest.',
}

/** Python's booleans and numbers as text, as Python and pandas write them; one intercept for all. */
const inWords = (json: JsonObject): JsonObject => {
  const { classes, coef, intercept } = json
  const names = json.featureNames ?? json.feature_names ?? undefined
  return {
    classes: Array.isArray(classes) ? classes.map(asClass) : classes,
    coef,
    intercept:
      typeof intercept === 'number' && Array.isArray(coef) ? coef.map(() => intercept) : intercept,
    featureNames: Array.isArray(names) ? namesAsText(names) : names,
  }
}

/** Beyond 2^53, reading JSON makes another number of the one that was written. */
const asClass = (value: unknown, k: number): unknown =>
  Number.isInteger(value) && !Number.isSafeInteger(value)
    ? refuseModel(
        `classes[${k}], ${value}, has lost digits, because JSON is read in numbers of 64 bits; expected text: [str(c) for c in last.classes_]`,
      )
    : withoutBooleans(value)

const withoutBooleans = (value: unknown): unknown =>
  typeof value === 'boolean' ? asPython(value) : value

const asPython = (value: boolean) => (value ? 'True' : 'False')

/** Columns without names have numbers in pandas; a frame without columns has no names. */
const namesAsText = (names: readonly unknown[]): unknown => {
  if (names.length === 0) return undefined
  return names.map((name) => (typeof name === 'number' ? String(name) : withoutBooleans(name)))
}

/**
 * Which way scikit-learn makes probabilities; `unsure` says why it cannot be known.
 *
 * Source: `LogisticRegression.predict_proba`, from 1.2 to 1.7.
 */
const waysOf = (
  json: JsonObject,
  nClasses: number,
): { readonly ways: readonly Way[]; readonly unsure?: string | undefined } => {
  const { estimator } = json
  const multiClass = json.multi_class ?? undefined
  const solver = json.solver ?? undefined
  if (estimator !== undefined && !logistic.some((name) => name === estimator)) {
    const unsure = `estimator is ${shown(estimator)}, which makes probabilities in a way of its own, or none`
    return { ways: bothWays(nClasses), unsure }
  }
  if (multiClass === 'multinomial' || multiClass === 'ovr') return { ways: [multiClass] }
  if (multiClass !== undefined && multiClass !== 'auto' && multiClass !== 'deprecated') {
    refuseModel(
      `multi_class is ${shown(multiClass)}; expected "auto", "ovr", "multinomial" or "deprecated"`,
    )
  }
  if (nClasses > 2 && solver === 'liblinear') return { ways: ['ovr'] }
  if (nClasses > 2 && solver === 'newton-cholesky') {
    const unsure =
      'solver is "newton-cholesky", which is one-vs-rest before scikit-learn 1.6 and multinomial from then on'
    return { ways: bothWays(nClasses), unsure }
  }
  if (multiClass === undefined) return { ways: bothWays(nClasses) }
  return { ways: [nClasses === 2 ? 'ovr' : 'multinomial'] }
}

const bothWays = (nClasses: number): readonly Way[] =>
  nClasses === 2 ? ['ovr', 'multinomial'] : ['multinomial', 'ovr']

const withWay = (parameters: ModelParameters<Label>, way: Way): LogisticRegressionModel => {
  if (parameters.classes.length > 2) {
    return new LogisticRegressionModel({ ...parameters, multiClass: way })
  }
  // Softmax of -score and score is the sigmoid of twice the score, and doubling loses nothing.
  return new LogisticRegressionModel(way === 'ovr' ? parameters : doubled(parameters))
}

const doubled = (parameters: ModelParameters<Label>): ModelParameters<Label> => {
  const coef = parameters.coef.map((row) => row.map((weight) => 2 * weight))
  const intercept = parameters.intercept.map((value) => 2 * value)
  if (![...coef.flat(), ...intercept].every(Number.isFinite)) {
    refuseModel('coef or intercept is too large; expected numbers whose double is finite')
  }
  return { ...parameters, coef, intercept }
}
