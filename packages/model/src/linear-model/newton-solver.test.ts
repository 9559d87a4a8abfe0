import { expect, test } from 'vitest'
import { makeClassification } from '../datasets/make-classification.ts'
import { LogisticRegression } from './logistic-regression.ts'

const table = (nFeatures: number, nClasses: number) =>
  makeClassification({
    nSamples: 400,
    nFeatures,
    nInformative: 8,
    nRedundant: 0,
    nClasses,
    randomState: 1,
  })

test.each([
  ['two classes', 700, 2],
  ['four classes', 150, 4],
])('many parameters converge without a Hessian: %s', (_, nFeatures, nClasses) => {
  const { X, y } = table(nFeatures, nClasses)
  const model = new LogisticRegression({ C: 0.1 }).fit(X, y)
  expect(model.converged).toBe(true)
  expect(model.gradientNorm).toBeLessThan(1e-4)
})

test('columns of zeros, which take the fit past the limit, change nothing', () => {
  const { X, y } = table(20, 3)
  const few = new LogisticRegression().fit(X, y)
  const padded = X.map((row) => [...row, ...new Array<number>(200).fill(0)])
  const many = new LogisticRegression().fit(padded, y)
  const difference = few.coef.flatMap((row, k) => row.map((value, j) => value - many.coef[k][j]))
  expect(Math.max(...difference.map(Math.abs))).toBeLessThan(1e-5)
  expect((many.objective ?? 0) / (few.objective ?? 1)).toBeCloseTo(1, 11)
})

test('a table with more columns than rows has the optimum of its narrow twin', () => {
  // The rows decide: twice the same columns, at half the size, are the same table to the penalty.
  const { X, y } = table(60, 3)
  const short = X.slice(0, 90)
  const labels = y.slice(0, 90)
  const few = new LogisticRegression({ C: 10 }).fit(short, labels)
  const wide = short.map((row) => Array.from({ length: 4 }, () => row.map((v) => v / 2)).flat())
  const many = new LogisticRegression({ C: 10 }).fit(wide, labels)
  expect(few.converged && many.converged).toBe(true)
  expect((many.objective ?? 0) / (few.objective ?? 1)).toBeCloseTo(1, 11)
})
