import { checkClasses } from '../labels.ts'
import type { LogisticRegressionModel } from '../linear-model/logistic-regression-model.ts'
import { checkFeatureNames } from '../validation/feature-names.ts'
import { type CheckResult, checkAnswers } from './check-answers.ts'
import { readCheckRows } from './read-check-rows.ts'
import { readObject, refuseModel } from './read-json.ts'
import { readOwnModel } from './read-own-model.ts'
import { readPythonModel } from './read-python-model.ts'

/** A model from elsewhere, and what is known about its answers. */
export interface ImportedModel {
  readonly model: LogisticRegressionModel
  /** How the model's answers compare with those in the file; undefined where the file has none. */
  readonly check: CheckResult | undefined
  /** What the file leaves open, and the import therefore takes for granted, as sentences. */
  readonly assumptions: readonly string[]
}

const advice =
  'Perhaps a step before the model was left out (dsapi model export-helper prints a program that writes all steps), or multi_class is not the one of the fit, or the model makes probabilities in another way'

const undecided =
  'The rows in check get the same probabilities one-vs-rest and multinomial, so they do not show which is meant; rows whose probabilities lie between 0 and 1 do'

/**
 * Reads a model that was fitted elsewhere: the form of `toJSON`, or what Python wrote of a model of
 * scikit-learn, an object with these members:
 *
 * - `classes` in ascending order, `coef`, `intercept`, and `feature_names` if there are any;
 * - `multi_class`, `solver` and `estimator` (the name of its class): they say how scikit-learn makes
 *   probabilities of scores. One-vs-rest and multinomial are known, each for any number of classes;
 * - `check`: `{ x, p }`, rows and the probabilities that Python answers to them.
 *
 * @param value what `JSON.parse` gave
 * @throws {ModelError} `invalid_model` when something is missing or damaged, when classes or names break
 *   the rules, or when the model does not answer to the rows of `check` as Python did; the message names
 *   the worst row
 *
 * @example
 * const { model, check } = importModel({
 *   classes: [0, 1], coef: [[2]], intercept: [-1], multi_class: 'ovr',
 *   check: { x: [[0.5]], p: [[0.5, 0.5]] },
 * })
 * check // { rows: 1, largestDifference: 0 }
 */
export function importModel(value: unknown): ImportedModel {
  const json = readObject(value, 'the model')
  const isOwn = json.format !== undefined
  const { candidates, assumptions, refusal } = isOwn
    ? { candidates: [readOwnModel(json)], assumptions: [], refusal: undefined }
    : readPythonModel(json)
  const [first] = candidates
  checkClasses(first.classes, 'classes', 'invalid_model')
  checkFeatureNames(first.featureNames, 'featureNames', 'invalid_model')
  const rows = readCheckRows(json.check, first)
  if (rows !== undefined) {
    const answer = (model: LogisticRegressionModel, row: number) =>
      model.predictProbaOne(rows.x[row])
    const { isDecided, ...found } = checkAnswers(candidates, { answer, expected: rows.p, advice })
    if (isDecided) return { ...found, assumptions: [] }
    if (refusal === undefined) return { ...found, assumptions: [undecided] }
    refuseModel(`${refusal.message}. ${undecided}`)
  }
  if (refusal !== undefined) throw refusal
  return { model: first, check: undefined, assumptions }
}
