import type { Matrix, Rows } from '../matrix.ts'
import { checkBoolean, checkMembers, checkNumber } from './check-options.ts'
import { fitLeastSquares, type LinearFitOptions } from './fit-least-squares.ts'
import type { LinearRegressionModel } from './linear-regression-model.ts'

export interface RidgeOptions {
  /** The strength of the penalty: a finite number of at least 0; default 1. */
  readonly alpha?: number | undefined
  /** Whether there is an intercept, which is not penalised; default true. */
  readonly fitIntercept?: boolean | undefined
}

/**
 * Least squares with a penalty: minimises Σᵢ sᵢ (yᵢ - intercept - coef·xᵢ)² + alpha ‖coef‖². The penalty depends on the units of
 * the columns, so that a `StandardScaler` usually comes first.
 *
 * Source: `sklearn.linear_model.Ridge`, 1.2; A. E. Hoerl, R. W. Kennard, "Ridge regression: biased estimation for nonorthogonal
 * problems", Technometrics 12, 1970.
 *
 * @example
 * const model = new Ridge({ alpha: 2 }).fit([[-1], [1]], [-2, 2])
 * model.coef // [1]
 */
export class Ridge {
  readonly #options: RidgeOptions

  /** @throws {ModelError} `invalid_option` when an option is out of its range, of another type, or unknown */
  constructor(options: RidgeOptions = {}) {
    checkMembers(options, ['alpha', 'fitIntercept'], 'Ridge')
    const isPenalty = (value: number) => value >= 0 && Number.isFinite(value)
    checkNumber('alpha', options.alpha ?? 1, isPenalty, 'a finite number of at least 0')
    checkBoolean('fitIntercept', options.fitIntercept)
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
    const { alpha = 1, fitIntercept = true } = this.#options
    return fitLeastSquares(X, y, { estimator: 'Ridge', alpha, fitIntercept }, options)
  }
}
