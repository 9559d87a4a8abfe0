import { ModelError } from '../errors.ts'
import { checkFinite, Matrix, type Rows, toMatrix } from '../matrix.ts'
import { r2Score } from '../metrics/regression-scores.ts'
import { readBoolean, readHeader, readNames } from '../persistence/read-columns.ts'
import {
  readNumber,
  readNumbers,
  readObject,
  readWord,
  refuseModel,
} from '../persistence/read-json.ts'
import { show } from '../validation/show.ts'

/** How a model was fitted: exactly, or by coordinate descent. */
export type LinearFitReport = LeastSquaresReport | ElasticNetReport

interface LeastSquaresReport {
  readonly estimator: 'LinearRegression' | 'Ridge'
  /** The strength of the penalty; 0 for none. */
  readonly alpha: number
  /** What solved the problem: the normal equations, a QR factorization, or a singular value decomposition where columns depend
   * on each other. */
  readonly solver: 'cholesky' | 'qr' | 'svd'
  /** How many columns do not depend on the others; constant ones do, where there is an intercept. */
  readonly rank: number
}

interface ElasticNetReport {
  readonly estimator: 'Lasso' | 'ElasticNet'
  /** The strength of the penalty. */
  readonly alpha: number
  /** The share of ‖coef‖₁ in the penalty: 1 for Lasso. */
  readonly l1Ratio: number
  readonly solver: 'coordinate-descent'
  /** Whether the minimum was reached. */
  readonly converged: boolean
  /** Steps taken. */
  readonly nIter: number
  /** The objective lies at most this much above its minimum. */
  readonly dualGap: number
}

export interface LinearRegressionParameters {
  readonly coef: readonly number[]
  readonly intercept: number
  readonly featureNames?: readonly string[] | undefined
  readonly fit?: LinearFitReport | undefined
}

/** A linear model as JSON. */
export interface LinearRegressionJSON {
  readonly format: 'dsapi-linear-regression'
  readonly formatVersion: 1
  readonly coef: readonly number[]
  readonly intercept: number
  readonly featureNames: readonly string[]
  readonly fit?: LinearFitReport
}

/**
 * A fitted linear model, by `LinearRegression`, `Ridge`, `Lasso` or `ElasticNet`. It never changes. `JSON.stringify` keeps every double of it exactly.
 */
export class LinearRegressionModel {
  /** A weight for each column. */
  readonly coef: readonly number[]
  readonly intercept: number
  /** One name a column; `x0`, `x1`, … where none were given. */
  readonly featureNames: readonly string[]
  /** Undefined for a model that was fitted elsewhere. */
  readonly fit: LinearFitReport | undefined

  /** @throws {ModelError} `invalid_model` when the parts do not fit together, or a number is not finite */
  constructor(parameters: LinearRegressionParameters) {
    const json = readObject(parameters, 'the model')
    this.coef = readNumbers(json.coef, 'coef').map((weight) => weight + 0) // Minus zero is zero.
    this.intercept = readNumber(json.intercept, 'intercept') + 0
    this.featureNames =
      json.featureNames === undefined
        ? this.coef.map((_, j) => `x${j}`)
        : readNames(json.featureNames, 'featureNames')
    if (this.featureNames.length !== this.coef.length) {
      refuseModel(
        `featureNames has ${this.featureNames.length} names; expected ${this.coef.length}`,
      )
    }
    this.fit = json.fit === undefined ? undefined : readFit(json.fit)
  }

  /**
   * Reads what {@link toJSON} gave.
   *
   * @throws {ModelError} `invalid_model` when it is damaged, or of another format or version; the message says where
   */
  static fromJSON(value: unknown): LinearRegressionModel {
    readHeader(value, 'dsapi-linear-regression')
    return new LinearRegressionModel(value as LinearRegressionParameters)
  }

  /**
   * intercept + coef·x for each row. Rows give an array, a {@link Matrix} gives a `Float64Array`.
   *
   * @throws {ModelError} `invalid_data` when a row has another number of columns, a value is no finite number, or a prediction
   *   is too large for a double
   */
  predict(X: Matrix): Float64Array
  predict(X: Rows): number[]
  predict(X: Rows | Matrix): number[] | Float64Array {
    const matrix = toMatrix(X)
    const predicted = new Float64Array(matrix.nRows)
    if (matrix.nRows > 0) {
      this.#checkWidth(matrix.nColumns)
      checkFinite(matrix)
      for (let i = 0; i < matrix.nRows; i++) predicted[i] = this.#valueOf(matrix.data, i)
      const row = predicted.findIndex((value) => !Number.isFinite(value))
      if (row !== -1) refuseResult(row)
    }
    return X instanceof Matrix ? predicted : Array.from(predicted)
  }

  /** The prediction for one row: the fast way. @throws {ModelError} as {@link predict} does */
  predictOne(row: ArrayLike<number>): number {
    const isRow = row?.length === this.coef.length && Array.from(row).every(Number.isFinite)
    if (!isRow) return this.predict([row])[0]
    const value = this.#valueOf(row, 0)
    return Number.isFinite(value) ? value : refuseResult(0)
  }

  /**
   * R² of the predictions: 1 for perfect ones, 0 for those that are as good as the mean of `y`, below 0 for worse ones.
   *
   * @param sampleWeight a weight of at least 0 for each row
   * @throws {ModelError} as {@link predict} and {@link r2Score} do
   */
  score(
    X: Rows | Matrix,
    y: ArrayLike<number>,
    sampleWeight?: ArrayLike<number> | undefined,
  ): number {
    return r2Score(y, this.predict(toMatrix(X)), sampleWeight)
  }

  /** The model as JSON can carry it, every double exactly. */
  toJSON(): LinearRegressionJSON {
    const { coef, intercept, featureNames, fit } = this
    const json = { coef, intercept, featureNames }
    const header = { format: 'dsapi-linear-regression', formatVersion: 1 } as const
    return fit === undefined ? { ...header, ...json } : { ...header, ...json, fit }
  }

  #valueOf(data: ArrayLike<number>, row: number): number {
    const { coef } = this
    const start = row * coef.length
    let sum = this.intercept
    for (let j = 0; j < coef.length; j++) sum += coef[j] * data[start + j]
    return sum
  }

  #checkWidth(nColumns: number): void {
    if (nColumns === this.coef.length) return
    throw new ModelError(
      'invalid_data',
      `X has ${nColumns} columns; expected ${this.coef.length}: ${show(this.featureNames)}`,
    )
  }
}

/** Refuses a row whose prediction is infinite. */
export function refuseResult(row: number): never {
  throw new ModelError(
    'invalid_data',
    `the prediction is too large for a double in row ${row}; expected values as in the data of the fit`,
    { row },
  )
}

function readFit(value: unknown): LinearFitReport {
  const json = readObject(value, 'fit')
  const estimators = ['LinearRegression', 'Ridge', 'Lasso', 'ElasticNet'] as const
  const estimator = readWord(json.estimator, 'fit.estimator', estimators)
  const alpha = readNumber(json.alpha, 'fit.alpha')
  if (estimator === 'Lasso' || estimator === 'ElasticNet') {
    return {
      estimator,
      alpha,
      l1Ratio: readNumber(json.l1Ratio, 'fit.l1Ratio'),
      solver: readWord(json.solver, 'fit.solver', ['coordinate-descent']),
      converged: readBoolean(json.converged, 'fit.converged'),
      nIter: readNumber(json.nIter, 'fit.nIter'),
      dualGap: readNumber(json.dualGap, 'fit.dualGap'),
    }
  }
  return {
    estimator,
    alpha,
    solver: readWord(json.solver, 'fit.solver', ['cholesky', 'qr', 'svd']),
    rank: readNumber(json.rank, 'fit.rank'),
  }
}
