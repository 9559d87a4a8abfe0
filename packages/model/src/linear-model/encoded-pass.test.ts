import { expect, test } from 'vitest'
import { EncodedMatrix } from '../encoded-matrix.ts'
import { Matrix } from '../matrix.ts'
import { columnScales } from './column-scales.ts'
import { curvature } from './curvature.ts'
import { curvatureProduct } from './curvature-product.ts'
import { evaluate } from './log-loss.ts'
import type { LogLossProblem } from './log-loss-problem.ts'
import { LogisticRegression } from './logistic-regression.ts'
import { rowCurvature } from './row-curvature.ts'

const nRows = 40_003
const nColumns = 8

/** Two columns of numbers, of which the second may be far away, between encodings; one of them is of a single category. */
const tableOf = (far: number) => {
  const codes = Int32Array.from({ length: 3 * nRows }, (_, at) => {
    const row = Math.floor(at / 3)
    if (at % 3 === 0) return (row * row) % 3
    // A category that nearly all rows have, so that its column is shifted.
    if (at % 3 === 1) return row === 5 ? nColumns : 4
    return row % 7 === 0 ? nColumns : 6 + (row % 2)
  })
  const data = Float64Array.from({ length: 2 * nRows }, (_, at) => {
    return (at % 2) * far + Math.sin(3 * at + 1)
  })
  const numbers = new Matrix(data, nRows, 2)
  const places = Int32Array.from([3, 5])
  return new EncodedMatrix({ numbers, places, codes, nEncoded: 3, nColumns })
}

const problemOf = (
  X: LogLossProblem['X'],
  nClasses: number,
  hasIntercept: boolean,
): LogLossProblem => ({
  X,
  codes: Uint32Array.from({ length: nRows }, (_, i) => (i * i + (i % 5)) % nClasses),
  rowWeights: Float64Array.from({ length: nRows }, (_, i) => 1 + (i % 3)),
  nClasses,
  hasIntercept,
  scales: columnScales(X, hasIntercept),
  penalty: 1,
})

const expectNear = (found: Float64Array, expected: Float64Array) => {
  const size = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  for (const [at, value] of found.entries()) {
    expect(Math.abs(value - expected[at])).toBeLessThanOrEqual(1e-10 * size)
  }
}

test.each([
  [2, true, 0],
  [2, false, 0],
  [2, true, 1000],
  [3, true, 1000],
  [3, false, 0],
])(
  'codes and written columns give the same: %i classes, intercept %j, far %i',
  (nClasses, hasIntercept, far) => {
    const X = tableOf(far)
    const encoded = problemOf(X, nClasses, hasIntercept)
    const written = problemOf(X.toMatrix(), nClasses, hasIntercept)
    expectNear(encoded.scales.shift, written.scales.shift)
    expectNear(encoded.scales.factor, written.scales.factor)
    const size = (nClasses === 2 ? 1 : nClasses) * (nColumns + Number(hasIntercept))
    const theta = Float64Array.from({ length: size }, (_, i) => Math.cos(5 * i) / 4)
    const [slope, expected] = [new Float64Array(size), new Float64Array(size)]
    expect(evaluate(encoded, theta, slope)).toBeCloseTo(evaluate(written, theta, expected), 6)
    expectNear(slope, expected)
    const product = curvatureProduct(encoded, rowCurvature(encoded, theta))(theta)
    expectNear(product, curvatureProduct(written, rowCurvature(written, theta))(theta))
    expectNear(curvature(encoded, theta), curvature(written, theta))
  },
)

test('a fit to codes finds the minimum of a fit to written columns', () => {
  const X = tableOf(0)
  const y = Array.from({ length: nRows }, (_, i) => Number(Math.sin(i) + (X.codes[3 * i] % 3) > 1))
  const coded = new LogisticRegression().fit(X, y)
  const written = new LogisticRegression().fit(X.toMatrix(), y)
  expectNear(Float64Array.from(coded.coef[0]), Float64Array.from(written.coef[0]))
})
