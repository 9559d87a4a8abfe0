import type { Matrix, Rows } from '../matrix.ts'
import { checkBoolean, checkMembers } from './check-options.ts'
import { fitLeastSquares, type LinearFitOptions } from './fit-least-squares.ts'
import type { LinearRegressionModel } from './linear-regression-model.ts'

export interface LinearRegressionOptions {
  /** Whether there is an intercept; default true. */
  readonly fitIntercept?: boolean | undefined
}

/**
 * Ordinary least squares: the coefficients and the intercept that minimise Σᵢ sᵢ (yᵢ - intercept - coef·xᵢ)², where sᵢ is the
 * weight of row i. The normal equations are solved where they keep enough digits, and a QR factorization where they do not.
 * Where columns depend on each other, the coefficients of least norm are taken, as in scikit-learn. Columns count as dependent
 * by what is left of them after division by their length, so that this does not depend on their units.
 *
 * Source: `sklearn.linear_model.LinearRegression`, 1.2.
 *
 * @example
 * const model = new LinearRegression().fit([[0], [1], [2]], [1, 3, 5])
 * model.predict([[10]]) // [21]
 */
export class LinearRegression {
  readonly #options: LinearRegressionOptions

  /** @throws {ModelError} `invalid_option` when an option is no boolean, or unknown */
  constructor(options: LinearRegressionOptions = {}) {
    checkMembers(options, ['fitIntercept'], 'LinearRegression')
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
    const { fitIntercept = true } = this.#options
    return fitLeastSquares(X, y, { estimator: 'LinearRegression', alpha: 0, fitIntercept }, options)
  }
}
