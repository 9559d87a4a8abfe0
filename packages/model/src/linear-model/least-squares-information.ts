import { ModelError } from '../errors.ts'
import { toFiniteNumbers } from '../validation/check-numbers.ts'
import { checkSampleWeight } from './class-weights.ts'
import { columnScales } from './column-scales.ts'
import type { Information, InformationInput } from './information.ts'
import type { LinearRegressionModel } from './linear-regression-model.ts'
import { addOuterProducts, atOnce } from './outer-products.ts'

/** @throws {ModelError} `invalid_data` when rows do not go with the model, or are too few */
export function leastSquaresInformation(
  model: LinearRegressionModel,
  { X, sampleWeight, hasIntercept }: InformationInput,
  y: ArrayLike<number>,
): Information {
  const target = toFiniteNumbers(y, 'y')
  const predicted = model.predict(X)
  if (target.length !== X.nRows) {
    throw new ModelError(
      'invalid_data',
      `y has ${target.length} numbers; expected one for each of ${X.nRows} rows`,
    )
  }
  const weights = sampleWeight ?? undefined
  if (weights !== undefined) checkSampleWeight(weights, X.nRows)
  const { shift, factor } = columnScales(X, hasIntercept)
  const size = X.nColumns + (hasIntercept ? 1 : 0)
  const degrees = X.nRows - size
  if (degrees < 1) {
    throw new ModelError(
      'invalid_data',
      `there are ${X.nRows} rows for ${size} coefficients; expected more rows than coefficients`,
    )
  }
  const hessian = new Float64Array(size * size)
  const gradient = new Float64Array(size)
  const rows = new Float64Array(atOnce * size)
  const rowWeights = new Float64Array(atOnce)
  let errors = 0
  for (let i = 0; i < X.nRows; i += atOnce) {
    for (let r = 0; r < atOnce; r++) {
      const weight = i + r < X.nRows ? (weights?.[i + r] ?? 1) : 0
      rowWeights[r] = weight
      const row = rows.subarray(r * size, (r + 1) * size).fill(0)
      if (i + r >= X.nRows) continue
      const values = X.row(i + r)
      for (let j = 0; j < X.nColumns; j++) row[j] = (values[j] - shift[j]) * factor[j]
      if (hasIntercept) row[size - 1] = 1
      const residual = target[i + r] - predicted[i + r]
      errors += weight * residual * residual
      for (let j = 0; j < size; j++) gradient[j] += weight * residual * row[j]
    }
    addOuterProducts({ matrix: hessian, size, top: 0, left: 0 }, rows, rowWeights)
  }
  if (!(errors > 0)) {
    throw new ModelError(
      'invalid_data',
      'every prediction is exactly right: there are no standard errors',
    )
  }
  const share = degrees / errors
  const theta = new Float64Array(size)
  for (let j = 0; j < X.nColumns; j++) theta[j] = model.coef[j] / factor[j]
  if (hasIntercept) {
    theta[size - 1] = model.coef.reduce(
      (sum, weight, j) => sum + weight * shift[j],
      model.intercept,
    )
  }
  return {
    theta,
    hessian: hessian.map((value) => value * share),
    gradient: gradient.map((value) => value * share),
    shift,
    factor,
    classes: [undefined],
    degrees,
    warnings: [],
  }
}
