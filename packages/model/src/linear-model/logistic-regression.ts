import { EncodedMatrix } from '../encoded-matrix.ts'
import { ModelError } from '../errors.ts'
import { checkClasses, encodeLabels, type Label } from '../labels.ts'
import { type Matrix, type Rows, toMatrix } from '../matrix.ts'
import { checkArrayLike } from '../validation/check-numbers.ts'
import { checkFeatureNames } from '../validation/feature-names.ts'
import { checkFit } from './check-fit.ts'
import {
  checkBoolean,
  checkMembers,
  checkNumber,
  checkWord,
  refuseOption,
} from './check-options.ts'
import { type ClassWeight, checkClassWeight, rowWeights } from './class-weights.ts'
import { columnScales } from './column-scales.ts'
import { logLossL1 } from './log-loss-l1.ts'
import { countScores, type LogLossProblem, scoreLength } from './log-loss-problem.ts'
import { LogisticRegressionModel } from './logistic-regression-model.ts'
import { minimizeL1 } from './minimize-l1.ts'
import { type FitProgress, minimize } from './newton.ts'

/** How a logistic regression is fitted: names and defaults are scikit-learn's where it has them. */
export interface LogisticRegressionOptions {
  /** Inverse strength of the penalty: smaller is stronger; default 1. */
  readonly C?: number | undefined
  /** `'l2'` adds ½‖coef‖² to the objective; default `'l2'`. `'l1'` adds ‖coef‖₁, which makes some weights 0, and
   * `'elasticnet'` a mixture of both. The intercept is never penalised. None is `'none'`, or `null`, which is
   * scikit-learn's own word for it. */
  readonly penalty?: 'l2' | 'l1' | 'elasticnet' | 'none' | null | undefined
  /** The share of ‖coef‖₁ in the penalty `'elasticnet'`, from 0 to 1; the rest is of ½‖coef‖². */
  readonly l1Ratio?: number | null | undefined
  /** Whether there is an intercept; default true. */
  readonly fitIntercept?: boolean | undefined
  /** A weight for each class, or `'balanced'`; default: 1 for all. */
  readonly classWeight?: ClassWeight | null | undefined
  /** After so many steps the fit gives up; default 100. */
  readonly maxIter?: number | undefined
  /** The fit ends when the objective is estimated to be this close to its minimum, as a share of
   * the objective; default 1e-12. */
  readonly tol?: number | undefined
  /** Start from an earlier model of the same classes and number of features. */
  readonly warmStart?: LogisticRegressionModel | undefined
}

export interface FitOptions {
  /** A weight of at least 0 for each row. */
  readonly sampleWeight?: ArrayLike<number> | null | undefined
  /** A name for each column. */
  readonly featureNames?: readonly string[] | undefined
  /** Is called after each step. */
  readonly onIteration?: ((progress: FitProgress) => void) | undefined
}

/**
 * Logistic regression for two classes, or for more of them by softmax (multinomial), fitted to the
 * minimum of
 *
 *     C · Σᵢ sᵢ · -log pᵢ + ½‖coef‖²
 *
 * or with another penalty, where pᵢ is the probability of row i's class and sᵢ its weight: scikit-learn's objective,
 * with its options under its names. Columns are scaled inside, so that the units they come in do not matter.
 *
 * @example
 * const model = new LogisticRegression({ C: 1 }).fit([[0], [1], [2], [3]], [0, 0, 1, 1])
 * model.predictProba([[1.5]]) // [[0.5, 0.5]]
 */
export class LogisticRegression {
  readonly #options: LogisticRegressionOptions

  /** @throws {ModelError} `invalid_option` when an option is out of its range, of another type, or unknown */
  constructor(options: LogisticRegressionOptions = {}) {
    checkMembers(options, optionNames, 'LogisticRegression')
    const { C = 1, penalty = 'l2', fitIntercept, maxIter = 100, tol = 1e-12, warmStart } = options
    checkNumber('C', C, (value) => value > 0 && Number.isFinite(value), 'a finite number above 0')
    checkWord('penalty', penalty, ['l2', 'l1', 'elasticnet', 'none', null])
    const { l1Ratio } = options
    if (penalty === 'elasticnet') {
      checkNumber('l1Ratio', l1Ratio, (n) => n >= 0 && n <= 1, 'a number from 0 to 1')
    } else if (l1Ratio !== undefined && l1Ratio !== null) {
      refuseOption('l1Ratio', l1Ratio, "none without penalty: 'elasticnet'")
    }
    checkBoolean('fitIntercept', fitIntercept)
    checkNumber('maxIter', maxIter, (n) => Number.isInteger(n) && n >= 0, 'a whole number')
    checkNumber('tol', tol, (n) => n >= 0 && n < 1, 'a number of at least 0 and below 1')
    if (warmStart !== undefined && !(warmStart instanceof LogisticRegressionModel)) {
      refuseOption('warmStart', warmStart, 'a model that was fitted before')
    }
    checkClassWeight(options.classWeight)
    this.#options = { ...options }
  }

  /** Whether the fit goes through rows only, so that encoded columns need not be written out. */
  get takesCodes(): boolean {
    const { penalty } = this.#options
    return penalty !== 'l1' && penalty !== 'elasticnet'
  }

  /**
   * Fits a model. `converged` in it says whether the minimum was reached. Without a penalty there is
   * none if some rows can be separated from the others: the model then is where further steps gained
   * nothing.
   *
   * @param X nSamples rows of nFeatures finite numbers
   * @param y nSamples labels of at least two classes
   * @throws {ModelError} `invalid_data` when X and y do not fit together, a value is no finite number
   *   (with its row and column), or there is one class only; and when the fit itself leaves the
   *   range of a double, as with a `C` near the largest one
   */
  fit<L extends Label>(
    X: Rows | Matrix | EncodedMatrix,
    y: ArrayLike<L>,
    options: FitOptions = {},
  ): LogisticRegressionModel<L> {
    const {
      C = 1,
      penalty,
      l1Ratio,
      fitIntercept,
      classWeight,
      maxIter,
      tol,
      warmStart,
    } = this.#options
    checkFitOptions(options)
    const matrix = X instanceof EncodedMatrix ? X : toMatrix(X)
    checkArrayLike(y, 'y')
    checkShapes(matrix, y, options.featureNames)
    const labels = encodeLabels(y)
    checkClasses(labels.classes, 'the classes of y')
    if (labels.classes.length < 2) {
      refuseData(`y has the one class ${labels.classes[0]}; expected at least two classes`)
    }
    const hasIntercept = fitIntercept ?? true
    const problem: LogLossProblem = {
      X: matrix,
      codes: labels.codes,
      rowWeights: rowWeights(labels, C, options.sampleWeight, classWeight),
      nClasses: labels.classes.length,
      hasIntercept,
      scales: columnScales(matrix, hasIntercept),
      penalty: penalty === undefined || penalty === 'l2' ? 1 : 0,
    }
    const start = warmStart
      ? toParameters(problem, labels.classes, warmStart)
      : new Float64Array(countScores(problem) * scoreLength(problem))
    const minimizeOptions = {
      maxIter: maxIter ?? 100,
      tol: tol ?? 1e-12,
      isWarm: warmStart !== undefined,
      onIteration: options.onIteration,
    }
    const l1Share = penalty === 'l1' ? 1 : penalty === 'elasticnet' ? (l1Ratio ?? 0) : 0
    const hasL1 = penalty === 'l1' || penalty === 'elasticnet'
    const minimum = hasL1
      ? minimizeL1(logLossL1(problem, l1Share), start, minimizeOptions)
      : minimize(problem, start, minimizeOptions)
    const { coef, intercept } = fromParameters(problem, minimum.theta)
    const fit = {
      converged: minimum.converged,
      nIter: minimum.nIter,
      gradientNorm: minimum.gradient.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
      objective: minimum.objective,
    }
    checkFit(coef, intercept, fit)
    const { classes } = labels
    const { featureNames } = options
    return new LogisticRegressionModel({ classes, coef, intercept, featureNames, fit })
  }
}

const optionNames: readonly (keyof LogisticRegressionOptions)[] = [
  ...(['C', 'penalty', 'l1Ratio', 'fitIntercept', 'classWeight'] as const),
  ...(['maxIter', 'tol', 'warmStart'] as const),
]

const fitOptionNames: readonly (keyof FitOptions)[] = [
  'sampleWeight',
  'featureNames',
  'onIteration',
]

const checkFitOptions = (options: FitOptions) => {
  checkMembers(options, fitOptionNames, 'fit')
  const { featureNames, onIteration } = options
  if (featureNames !== undefined) checkArrayLike(featureNames, 'featureNames')
  if (onIteration !== undefined && typeof onIteration !== 'function') {
    refuseOption('onIteration', onIteration, 'a function')
  }
}

/** The weights of the columns as they came: the scaling of the columns goes into the weights. */
const fromParameters = (problem: LogLossProblem, theta: Float64Array) => {
  const { shift, factor } = problem.scales
  const { nColumns } = problem.X
  const length = scoreLength(problem)
  const coef: number[][] = []
  const intercept: number[] = []
  for (let start = 0; start < theta.length; start += length) {
    const weights = Array.from(factor, (value, j) => value * theta[start + j])
    const shifted = weights.reduce((sum, weight, j) => sum + weight * shift[j], 0)
    coef.push(weights)
    intercept.push(problem.hasIntercept ? theta[start + nColumns] - shifted : 0)
  }
  return { coef, intercept }
}

const toParameters = (
  problem: LogLossProblem,
  classes: readonly Label[],
  model: LogisticRegressionModel,
): Float64Array => {
  const { shift, factor } = problem.scales
  const { nColumns } = problem.X
  if (String(model.classes) !== String(classes)) {
    refuseStart(`a model of the classes ${model.classes}`, `the classes ${classes}`)
  }
  if (model.featureNames.length !== nColumns) {
    refuseStart(`a model of ${model.featureNames.length} features`, `${nColumns}`)
  }
  return Float64Array.from(
    model.coef.flatMap((weights, k) => {
      const shifted = weights.reduce((sum, weight, j) => sum + weight * shift[j], 0)
      const scaled = weights.map((weight, j) => weight / factor[j])
      return problem.hasIntercept ? [...scaled, model.intercept[k] + shifted] : scaled
    }),
  )
}

const checkShapes = (
  { nRows, nColumns }: Matrix | EncodedMatrix,
  y: ArrayLike<Label>,
  featureNames: readonly string[] | undefined,
) => {
  if (nRows === 0 || nColumns === 0) {
    refuseData(`X has ${nRows} rows and ${nColumns} columns; expected at least one of each`)
  }
  if (y.length !== nRows) {
    refuseData(`y has ${y.length} labels; expected one for each of ${nRows} rows`)
  }
  if (featureNames === undefined) return
  if (featureNames.length !== nColumns) {
    refuseData(`featureNames has ${featureNames.length} names; expected one a column: ${nColumns}`)
  }
  checkFeatureNames(featureNames)
}

const refuseStart = (found: string, expected: string): never => {
  throw new ModelError('invalid_option', `warmStart is ${found}; expected ${expected}`)
}

const refuseData = (message: string): never => {
  throw new ModelError('invalid_data', message)
}
