import { ModelError } from '../errors.ts'
import { encodeLabels, type Label } from '../labels.ts'
import { show } from '../validation/show.ts'
import { rowWeights } from './class-weights.ts'
import { columnScales } from './column-scales.ts'
import type { Information, InformationInput } from './information.ts'
import { evaluate } from './log-loss.ts'
import { lossCurvature } from './log-loss-l1.ts'
import { type LogLossProblem, scoreLength } from './log-loss-problem.ts'
import type { LogisticRegressionModel } from './logistic-regression-model.ts'

/** A probability as near as this to 0 or 1 is one of separated rows. */
const certain = 1e-10

/** @throws {ModelError} `invalid_data` when rows and labels do not go with the model */
export function logisticInformation(
  model: LogisticRegressionModel,
  { X, sampleWeight, hasIntercept }: InformationInput,
  y: readonly Label[],
): Information {
  const labels = encodeLabels(y)
  if (labels.classes.join('\n') !== model.classes.join('\n') || y.length !== X.nRows) {
    throw new ModelError(
      'invalid_data',
      `y has ${y.length} labels of the classes ${show(labels.classes)}; expected ${X.nRows} of ${show(model.classes)}`,
    )
  }
  const probabilities = model.withCalibration(undefined).predictProba(X)
  const problem: LogLossProblem = {
    X,
    codes: labels.codes,
    rowWeights: rowWeights(labels, 1, sampleWeight, undefined),
    nClasses: labels.classes.length,
    hasIntercept,
    scales: columnScales(X, hasIntercept),
    penalty: 0,
  }
  const { shift, factor } = problem.scales
  const length = scoreLength(problem)
  const all = Float64Array.from(
    model.coef.flatMap((weights, k) => {
      const shifted = weights.reduce((sum, weight, j) => sum + weight * shift[j], 0)
      const scaled = weights.map((weight, j) => weight / factor[j])
      return hasIntercept ? [...scaled, model.intercept[k] + shifted] : scaled
    }),
  )
  // Of two classes there is one row of weights, which is already against the first.
  const first = model.classes.length === 2 ? 0 : length
  const places = Array.from({ length: all.length - first }, (_, a) => first + a)
  const slopes = new Float64Array(all.length)
  evaluate(problem, all, slopes)
  return {
    theta: Float64Array.from(places, (at) => all[at] - (first === 0 ? 0 : all[at % length])),
    hessian: lossCurvature(problem, all, places),
    gradient: slopes.slice(first),
    shift,
    factor,
    classes: model.classes.slice(1),
    degrees: undefined,
    warnings: warningsOf(model, probabilities.data),
  }
}

function warningsOf(model: LogisticRegressionModel, probabilities: Float64Array): string[] {
  if (model.converged === false) {
    return [
      'The fit did not converge: perhaps some columns separate the classes, and coefficients and standard errors mean nothing',
    ]
  }
  const isCertain = probabilities.some((value) => value < certain || value > 1 - certain)
  if (!isCertain) return []
  return [
    'Some rows have a fitted probability of 0 or 1: perhaps some columns separate their class from the others, and coefficients and standard errors are doubtful',
  ]
}
