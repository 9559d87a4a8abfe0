import { choleskyFactor, choleskySolve } from '../arithmetic/cholesky.ts'
import { dot } from '../arithmetic/dot.ts'
import { deviateOf, normalTails, studentTails } from '../arithmetic/students-t.ts'
import { ModelError } from '../errors.ts'
import type { Label } from '../labels.ts'
import { checkFinite, type Matrix, type Rows, toMatrix } from '../matrix.ts'
import { checkBoolean, checkMembers, checkNumber, refuseOption } from './check-options.ts'
import type { Information, InformationInput } from './information.ts'
import { leastSquaresInformation } from './least-squares-information.ts'
import { LinearRegressionModel } from './linear-regression-model.ts'
import { logisticInformation } from './logistic-information.ts'
import { LogisticRegressionModel } from './logistic-regression-model.ts'

export interface CoefficientTableOptions {
  /** A weight of at least 0 for each row, which counts as so many rows. */
  readonly sampleWeight?: ArrayLike<number> | null | undefined
  /** How sure the confidence intervals are, between 0 and 1; default 0.95. */
  readonly confidence?: number | undefined
  /** Whether the model was fitted with an intercept; default true. */
  readonly fitIntercept?: boolean | undefined
}

/** What is known of one coefficient. */
export interface CoefficientRow {
  /** The name of the column, or `'intercept'`. */
  readonly name: string
  /** The class whose odds against the first class the coefficient changes; undefined for a linear regression. */
  readonly class?: Label
  readonly coef: number
  readonly standardError: number
  /** The coefficient divided by its standard error: z, or t of a linear regression. */
  readonly statistic: number
  /** How likely a statistic this far from 0 is by chance, if the true coefficient is 0. */
  readonly pValue: number
  readonly confidenceInterval: readonly [low: number, high: number]
  /** exp(coef): what the odds are multiplied with where the column is 1 larger. Of a classifier only. */
  readonly oddsRatio?: number
  readonly oddsRatioInterval?: readonly [low: number, high: number]
}

export interface CoefficientTable {
  /** Of each class but the first, the intercept if there is one, then the columns. */
  readonly coefficients: readonly CoefficientRow[]
  readonly statistic: 'z' | 't'
  /** Of t: rows, less the coefficients. */
  readonly degreesOfFreedom?: number
  readonly confidence: number
  /** What makes the numbers doubtful. */
  readonly warnings: readonly string[]
}

/**
 * Standard errors, p-values, confidence intervals and odds ratios of a model that was fitted without a penalty. Of more than two
 * classes, the coefficients are those of each class against the first.
 *
 * @param model of `LogisticRegression` with the penalty `'none'`, or of `LinearRegression`; of a pipeline, its `model`
 * @param X the rows of the fit; of a pipeline, what its `transform` gives
 * @param y their labels or numbers
 * @throws {ModelError} `invalid_data` when the rows do not go with the model, the model is not at the maximum of their
 *   likelihood, as with a penalty, or there are no standard errors: columns depend on each other, or classes are separated
 *
 * Source: `summary` of statsmodels 0.13 (`Logit`, `MNLogit`, `OLS`, `WLS`): the inverse of the observed information, by
 * Wald's statistic; of a linear regression Student's t.
 *
 * @example
 * const model = new LogisticRegression({ penalty: 'none' }).fit(X, y)
 * coefficientTable(model, X, y).coefficients[1].pValue
 */
export function coefficientTable(
  model: LogisticRegressionModel | LinearRegressionModel,
  X: Rows | Matrix,
  y: readonly Label[] | ArrayLike<number>,
  options: CoefficientTableOptions = {},
): CoefficientTable {
  checkMembers(options, ['sampleWeight', 'confidence', 'fitIntercept'], 'coefficientTable')
  const { sampleWeight, confidence = 0.95, fitIntercept = true } = options
  checkNumber('confidence', confidence, (c) => c > 0 && c < 1, 'a number between 0 and 1')
  checkBoolean('fitIntercept', options.fitIntercept)
  const matrix = toMatrix(X)
  checkFinite(matrix)
  const given = { X: matrix, sampleWeight, hasIntercept: fitIntercept }
  const information = informationOf(model, given, y)
  const { degrees, warnings } = information
  const tailsOf =
    degrees === undefined ? normalTails : (value: number) => studentTails(value, degrees)
  const deviate = deviateOf(tailsOf, 1 - confidence)
  const length = matrix.nColumns + (fitIntercept ? 1 : 0)
  const errors = standardErrors(information, length)
  const coefficients = information.classes.flatMap((label, k) =>
    inOrder(length, fitIntercept).map((j): CoefficientRow => {
      const at = k * length + j
      const coef = coefAt(information, k * length, j, length)
      const standardError = errors[at]
      const reach = deviate * standardError
      const interval = [coef - reach, coef + reach] as const
      const row = {
        name: model.featureNames[j] ?? 'intercept',
        coef,
        standardError,
        statistic: coef / standardError,
        pValue: tailsOf(coef / standardError),
        confidenceInterval: interval,
      }
      if (label === undefined) return row
      const odds = [Math.exp(interval[0]), Math.exp(interval[1])] as const
      return { ...row, class: label, oddsRatio: Math.exp(coef), oddsRatioInterval: odds }
    }),
  )
  if (degrees === undefined) return { coefficients, statistic: 'z', confidence, warnings }
  return { coefficients, statistic: 't', degreesOfFreedom: degrees, confidence, warnings }
}

function informationOf(
  model: LogisticRegressionModel | LinearRegressionModel,
  given: InformationInput,
  y: readonly Label[] | ArrayLike<number>,
): Information {
  if (model instanceof LinearRegressionModel) {
    return leastSquaresInformation(model, given, y as ArrayLike<number>)
  }
  if (model instanceof LogisticRegressionModel) {
    return logisticInformation(model, given, y as readonly Label[])
  }
  return refuseOption('model', model, 'a fitted LogisticRegression or LinearRegression')
}

/** The intercept, which is the last parameter, comes first in the table. */
function inOrder(length: number, hasIntercept: boolean): number[] {
  const places = Array.from({ length }, (_, j) => j)
  return hasIntercept ? [length - 1, ...places.slice(0, -1)] : places
}

/** The weight of unscaled column j, or the intercept. */
function coefAt({ theta, factor, shift }: Information, first: number, j: number, length: number) {
  if (j < factor.length) return theta[first + j] * factor[j]
  let intercept = theta[first + length - 1]
  for (let i = 0; i < factor.length; i++) intercept -= theta[first + i] * factor[i] * shift[i]
  return intercept
}

/** The square roots of the diagonal of the inverse, for the unscaled columns. */
function standardErrors(information: Information, length: number): Float64Array {
  const { hessian, gradient, factor, shift, warnings } = information
  const size = gradient.length
  const scale = new Float64Array(size)
  for (let a = 0; a < size; a++) scale[a] = 1 / Math.sqrt(hessian[a * size + a])
  const matrix = new Float64Array(size * size)
  for (let a = 0; a < size; a++) {
    for (let b = 0; b <= a; b++) matrix[a * size + b] = hessian[a * size + b] * scale[a] * scale[b]
  }
  const isRegular = choleskyFactor(matrix, size)
  // A pivot this small is what rounding leaves of a column that the others explain.
  const weak = scale.findIndex((_, a) => !(matrix[a * size + a] > 1e-7))
  if (!isRegular || weak !== -1) refuseTable(warnings)
  const step = gradient.map((slope, a) => slope * scale[a])
  choleskySolve(matrix, size, step)
  const gain =
    dot(
      step,
      gradient.map((slope, a) => slope * scale[a]),
    ) / 2
  if (gain > 1e-6) {
    throw new ModelError(
      'invalid_data',
      `the likelihood of the rows can still rise by ${gain.toPrecision(3)}; expected a model fitted to the same rows without a penalty`,
    )
  }
  return Float64Array.from({ length: size }, (_, at) => {
    const j = at % length
    const first = at - j
    const direction = new Float64Array(size)
    if (j < factor.length) direction[at] = factor[j]
    else {
      for (let i = 0; i < factor.length; i++) direction[first + i] = -factor[i] * shift[i]
      direction[at] = 1
    }
    const scaled = direction.map((value, a) => value * scale[a])
    const solved = scaled.slice()
    choleskySolve(matrix, size, solved)
    return Math.sqrt(dot(scaled, solved))
  })
}

function refuseTable(warnings: readonly string[]): never {
  const more = warnings.length === 0 ? '' : `. ${warnings.join('. ')}`
  throw new ModelError(
    'invalid_data',
    `there are no standard errors: a column is constant, depends on the others, or separates the classes; expected other columns${more}`,
  )
}
