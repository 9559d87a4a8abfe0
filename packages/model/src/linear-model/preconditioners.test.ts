import { expect, test } from 'vitest'
import { conjugateGradient, type LinearOperator } from '../arithmetic/conjugate-gradient.ts'
import { Matrix } from '../matrix.ts'
import { blockInverse } from './block-inverse.ts'
import { columnScales } from './column-scales.ts'
import { curvature } from './curvature.ts'
import { curvatureProduct } from './curvature-product.ts'
import { diagonalInverse } from './diagonal-inverse.ts'
import { evaluate } from './log-loss.ts'
import type { LogLossProblem } from './log-loss-problem.ts'
import { rowCurvature } from './row-curvature.ts'
import { gramOf, rowSpaceInverse } from './row-space-inverse.ts'

const problemOf = (nRows: number, nColumns: number, nClasses: number, hasIntercept: boolean) => {
  // The second column is far away from zero, so that it is shifted.
  const X = new Matrix(
    Float64Array.from({ length: nRows * nColumns }, (_, at) => {
      const far = at % nColumns === 1 ? 1000 : 0
      return far + (1 + (at % nColumns)) * Math.sin(3 * at + 1)
    }),
    nRows,
    nColumns,
  )
  const problem: LogLossProblem & { readonly X: Matrix } = {
    X,
    codes: Uint32Array.from({ length: nRows }, (_, i) => i % nClasses),
    rowWeights: Float64Array.from({ length: nRows }, (_, i) => 1 + (i % 3)),
    nClasses,
    hasIntercept,
    scales: columnScales(X, hasIntercept),
    penalty: 1,
  }
  const size = (nClasses === 2 ? 1 : nClasses) * (nColumns + (hasIntercept ? 1 : 0))
  const theta = Float64Array.from({ length: size }, (_, i) => Math.cos(5 * i) / 4)
  const v = Float64Array.from({ length: size }, (_, i) => Math.sin(7 * i + 2))
  return { problem, theta, v, ofRows: rowCurvature(problem, theta) }
}

const furthest = (a: Float64Array, b: Float64Array) =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0)

test.each([
  [13, 5, 2, true],
  [13, 5, 3, true],
  [12, 4, 3, false],
  [3, 9, 2, false],
])('%i × %i, %i classes, intercept %s: a product is that with the Hessian', (...shape) => {
  const { problem, theta, v, ofRows } = problemOf(...shape)
  const size = theta.length
  const lower = curvature(problem, theta)
  // The sum over the classes is held in the Hessian, and free in the product: v is to have none.
  const centred = v.map((value, i) => {
    if (shape[2] === 2) return value
    const length = size / shape[2]
    const all = Array.from({ length: shape[2] }, (_, k) => v[k * length + (i % length)])
    return value - all.reduce((sum, one) => sum + one, 0) / shape[2]
  })
  const expected = centred.map((_, a) =>
    centred.reduce(
      (sum, value, b) => sum + lower[Math.max(a, b) * size + Math.min(a, b)] * value,
      0,
    ),
  )
  expect(furthest(curvatureProduct(problem, ofRows)(centred), expected)).toBeLessThan(1e-12)
})

test.each([
  [6, 11, 2, true],
  [6, 11, 2, false],
  [30, 4, 2, true],
])('%i × %i, %i classes, intercept %s: both inverses undo the product', (...shape) => {
  const { problem, v, ofRows } = problemOf(...shape)
  const product = curvatureProduct(problem, ofRows)(v)
  expect(furthest(blockInverse(problem, ofRows, shape[0])(product), v)).toBeLessThan(1e-10)
  const inverse = rowSpaceInverse(problem, ofRows, gramOf(problem))
  expect(inverse && furthest(inverse(product), v)).toBeLessThan(1e-10)
})

test('of three classes both inverses undo the same blocks', () => {
  const { problem, v, ofRows } = problemOf(8, 12, 3, true)
  const byRows = rowSpaceInverse(problem, ofRows, gramOf(problem))
  expect(byRows && furthest(byRows(v), blockInverse(problem, ofRows, 8)(v))).toBeLessThan(1e-10)
})

test('rows whose products overflow have no inverse by rows', () => {
  const { problem, ofRows } = problemOf(6, 11, 2, true)
  const data = problem.X.data.map((value) => value * 1e200)
  const large = { ...problem, X: new Matrix(data, 6, 11) }
  expect(rowSpaceInverse(large, ofRows, gramOf(large))).toBeUndefined()
})

test('a block from some of the rows is near the one from all', () => {
  const { problem, v, ofRows } = problemOf(2000, 4, 2, true)
  const product = curvatureProduct(problem, ofRows)(v)
  const x = blockInverse(problem, ofRows, 400)(product)
  expect(furthest(x, v)).toBeLessThan(0.3)
  expect(furthest(x, v)).toBeGreaterThan(0)
})

test('blocks take far fewer products with the Hessian than its diagonal does', () => {
  const { problem, theta, ofRows } = problemOf(600, 40, 4, true)
  // Neighbouring columns that are nearly the same.
  const data = problem.X.data.map((_, at) => {
    const [i, j] = [Math.floor(at / 40), at % 40]
    return Math.sin(i * (1 + Math.floor(j / 8))) + 0.05 * Math.sin(7 * i + 3 * j)
  })
  const X = new Matrix(data, 600, 40)
  const correlated = { ...problem, X, scales: columnScales(X, true) }
  const gradient = new Float64Array(theta.length)
  evaluate(correlated, theta, gradient)
  const products = (inverse: LinearOperator) =>
    conjugateGradient(
      curvatureProduct(correlated, ofRows),
      gradient,
      inverse,
      ({ share }) => share < 0.01,
    ).iterations
  const byBlocks = products(blockInverse(correlated, ofRows, 600))
  const byDiagonal = products(diagonalInverse(correlated, ofRows))
  expect(byBlocks).toBeLessThan(15)
  expect(byDiagonal).toBeGreaterThan(2 * byBlocks)
})
