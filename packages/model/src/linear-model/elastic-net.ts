import type { Matrix, Rows } from '../matrix.ts'
import { checkBoolean, checkMembers, checkNumber } from './check-options.ts'
import { elasticNetObjective } from './elastic-net-objective.ts'
import { type LinearFitOptions, readLinearData, toModel } from './fit-least-squares.ts'
import { leastSquaresProblem } from './least-squares-problem.ts'
import type { LinearRegressionModel } from './linear-regression-model.ts'
import { minimizeL1 } from './minimize-l1.ts'

export interface LassoOptions {
  /** The strength of the penalty: a finite number of at least 0; default 1. */
  readonly alpha?: number | undefined
  /** Whether there is an intercept, which is not penalised; default true. */
  readonly fitIntercept?: boolean | undefined
}

export interface ElasticNetOptions extends LassoOptions {
  /** The share of ‖coef‖₁ in the penalty, from 0 to 1; default 0.5. */
  readonly l1Ratio?: number | undefined
}

/**
 * Least squares with a penalty that makes some coefficients 0: minimises
 *
 *     Σᵢ sᵢ (yᵢ - intercept - coef·xᵢ)² / (2 Σᵢ sᵢ) + alpha · l1Ratio · ‖coef‖₁ + ½ alpha (1 - l1Ratio) ‖coef‖²
 *
 * to the optimum: scikit-learn stops earlier, by its `tol`. The penalty depends on the units of the columns, so that a
 * `StandardScaler` usually comes first.
 *
 * Source: `sklearn.linear_model.ElasticNet`, 1.2; H. Zou, T. Hastie, "Regularization and variable selection via the elastic
 * net", J. R. Stat. Soc. B 67, 2005.
 *
 * @example
 * new ElasticNet({ alpha: 0.5, l1Ratio: 0.5 }).fit([[-1], [1]], [-2, 2]).coef // [1.4]
 */
export class ElasticNet {
  readonly #options: ElasticNetOptions

  /** @throws {ModelError} `invalid_option` when an option is out of its range, of another type, or unknown */
  constructor(options: ElasticNetOptions = {}) {
    checkMembers(options, ['alpha', 'l1Ratio', 'fitIntercept'], 'ElasticNet')
    const isShare = (value: number) => value >= 0 && value <= 1
    checkNumber('l1Ratio', options.l1Ratio ?? 0.5, isShare, 'a number from 0 to 1')
    checkLasso(options)
    this.#options = { ...options }
  }

  /**
   * Fits a model.
   *
   * @param X nSamples rows of nFeatures finite numbers
   * @param y nSamples finite numbers
   * @throws {ModelError} `invalid_data` when X and y do not fit together, a value is no finite number, or the fit leaves the
   *   range of a double
   */
  fit(
    X: Rows | Matrix,
    y: ArrayLike<number>,
    options: LinearFitOptions = {},
  ): LinearRegressionModel {
    const { alpha = 1, l1Ratio = 0.5, fitIntercept = true } = this.#options
    return fitElasticNet(X, y, { estimator: 'ElasticNet', alpha, l1Ratio, fitIntercept }, options)
  }
}

/**
 * The elastic net with an l1Ratio of 1: the penalty is alpha · ‖coef‖₁.
 *
 * Source: `sklearn.linear_model.Lasso`, 1.2; R. Tibshirani, "Regression shrinkage and selection via the lasso", J. R. Stat.
 * Soc. B 58, 1996.
 *
 * @example
 * new Lasso({ alpha: 0.5 }).fit([[-1], [1]], [-2, 2]).coef // [1.5]
 */
export class Lasso {
  readonly #options: LassoOptions

  /** @throws {ModelError} `invalid_option` when an option is out of its range, of another type, or unknown */
  constructor(options: LassoOptions = {}) {
    checkMembers(options, ['alpha', 'fitIntercept'], 'Lasso')
    checkLasso(options)
    this.#options = { ...options }
  }

  /** Fits a model. @throws {ModelError} as `ElasticNet.fit` does */
  fit(
    X: Rows | Matrix,
    y: ArrayLike<number>,
    options: LinearFitOptions = {},
  ): LinearRegressionModel {
    const { alpha = 1, fitIntercept = true } = this.#options
    return fitElasticNet(X, y, { estimator: 'Lasso', alpha, l1Ratio: 1, fitIntercept }, options)
  }
}

function checkLasso({ alpha, fitIntercept }: LassoOptions): void {
  const isPenalty = (value: number) => value >= 0 && Number.isFinite(value)
  checkNumber('alpha', alpha ?? 1, isPenalty, 'a finite number of at least 0')
  checkBoolean('fitIntercept', fitIntercept)
}

interface ElasticNetKind {
  readonly estimator: 'Lasso' | 'ElasticNet'
  readonly alpha: number
  readonly l1Ratio: number
  readonly fitIntercept: boolean
}

function fitElasticNet(
  X: Rows | Matrix,
  y: ArrayLike<number>,
  { estimator, alpha, l1Ratio, fitIntercept }: ElasticNetKind,
  options: LinearFitOptions,
): LinearRegressionModel {
  const { matrix, target, weights } = readLinearData(X, y, options)
  const problem = leastSquaresProblem(matrix, target, weights, 0, fitIntercept)
  const objective = elasticNetObjective(problem, alpha, l1Ratio)
  const start = new Float64Array(matrix.nColumns)
  const { theta, converged, nIter } = minimizeL1(objective, start, {
    maxIter: 100,
    tol: 1e-15,
    isWarm: false,
  })
  const dualGap = objective.dualGap(theta)
  const fit = { alpha, l1Ratio, solver: 'coordinate-descent', converged, nIter, dualGap } as const
  return toModel(problem, theta, options, { estimator, ...fit })
}
