import { ModelError } from '../errors.ts'
import { checkFinite, type Matrix, type Rows, toMatrix } from '../matrix.ts'
import { toFiniteNumbers } from '../validation/check-numbers.ts'
import { checkFeatureNames } from '../validation/feature-names.ts'
import { checkMembers } from './check-options.ts'
import { checkSampleWeight } from './class-weights.ts'
import { type LeastSquaresProblem, leastSquaresProblem } from './least-squares-problem.ts'
import { type LinearFitReport, LinearRegressionModel } from './linear-regression-model.ts'
import { solveByCholesky } from './solve-by-cholesky.ts'
import { type LeastSquaresSolution, solveByQr } from './solve-by-qr.ts'
import { solveWide } from './solve-wide.ts'

/** Data that were found to fit together. */
interface LinearData {
  readonly matrix: Matrix
  readonly target: Float64Array
  /** Undefined where all are 1. */
  readonly weights: Float64Array | undefined
}

export interface LinearFitOptions {
  /** A weight of at least 0 for each row. */
  readonly sampleWeight?: ArrayLike<number> | null | undefined
  /** A name for each column. */
  readonly featureNames?: readonly string[] | undefined
}

/** Which objective is minimised. */
export interface LeastSquaresKind {
  readonly estimator: 'LinearRegression' | 'Ridge'
  readonly alpha: number
  readonly fitIntercept: boolean
}

/** @throws {ModelError} as the estimators' `fit` does */
export function fitLeastSquares(
  X: Rows | Matrix,
  y: ArrayLike<number>,
  { estimator, alpha, fitIntercept }: LeastSquaresKind,
  options: LinearFitOptions,
): LinearRegressionModel {
  const { matrix, target, weights } = readLinearData(X, y, options)
  const problem = leastSquaresProblem(matrix, target, weights, alpha, fitIntercept)
  const { solver, rank, weights: scaled } = solve(problem)
  return toModel(problem, scaled, options, { estimator, alpha, solver, rank })
}

/** @throws {ModelError} `invalid_data` when data do not fit together */
export function readLinearData(
  X: Rows | Matrix,
  y: ArrayLike<number>,
  options: LinearFitOptions,
): LinearData {
  checkMembers(options, ['sampleWeight', 'featureNames'], 'fit')
  const matrix = toMatrix(X)
  checkFinite(matrix)
  const target = toFiniteNumbers(y, 'y')
  checkShapes(matrix, target, options.featureNames)
  const weights = toWeights(options.sampleWeight, target.length)
  return { matrix, target, weights }
}

/**
 * The model of some weights of the scaled columns.
 *
 * @throws {ModelError} `invalid_data` when a coefficient has left the range of a double
 */
export function toModel(
  problem: LeastSquaresProblem,
  scaled: Float64Array,
  { featureNames }: LinearFitOptions,
  fit: LinearFitReport,
): LinearRegressionModel {
  const coef = Array.from(scaled, (weight, j) => weight * problem.factor[j])
  const intercept = coef.reduce((sum, weight, j) => sum - weight * problem.mean[j], problem.yMean)
  checkResult(coef, intercept)
  return new LinearRegressionModel({ coef, intercept, featureNames, fit })
}

function solve(problem: LeastSquaresProblem): LeastSquaresSolution {
  if (problem.X.nColumns > problem.X.nRows) return solveWide(problem)
  const weights = solveByCholesky(problem)
  if (weights === undefined) return solveByQr(problem)
  const rank = problem.factor.filter((value) => value !== 0).length
  return { solver: 'cholesky', rank, weights }
}

function checkShapes(
  { nRows, nColumns }: Matrix,
  y: Float64Array,
  featureNames: readonly string[] | undefined,
): void {
  if (y.length !== nRows) {
    throw new ModelError(
      'invalid_data',
      `y has ${y.length} numbers; expected one for each of ${nRows} rows`,
    )
  }
  if (featureNames === undefined) return
  checkFeatureNames(featureNames)
  if (featureNames.length === nColumns) return
  throw new ModelError(
    'invalid_data',
    `featureNames has ${featureNames.length} names; expected one for each of ${nColumns} columns`,
  )
}

/** Rows without weight count for nothing, so some row needs one. */
function toWeights(
  sampleWeight: ArrayLike<number> | null | undefined,
  nRows: number,
): Float64Array | undefined {
  if (sampleWeight === undefined || sampleWeight === null) return undefined
  checkSampleWeight(sampleWeight, nRows)
  const weights = Float64Array.from(sampleWeight)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (total > 0 && Number.isFinite(total)) return weights
  throw new ModelError(
    'invalid_data',
    `sampleWeight adds up to ${total}; expected a finite sum above 0`,
  )
}

function checkResult(coef: readonly number[], intercept: number): void {
  const column = coef.findIndex((weight) => !Number.isFinite(weight))
  if (column === -1 && Number.isFinite(intercept)) return
  const what = column === -1 ? 'the intercept' : `coef[${column}]`
  throw new ModelError(
    'invalid_data',
    `${what} of the fit is no finite number; expected values of X and y that are neither as large nor as small`,
    column === -1 ? {} : { column },
  )
}
