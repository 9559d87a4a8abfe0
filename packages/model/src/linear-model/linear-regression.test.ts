import { execFileSync, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describeWhere } from '@dsapi/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import reference from '../../test/reference/linear-regression.json' with { type: 'json' }
import { ModelError } from '../errors.ts'
import { Matrix } from '../matrix.ts'
import { LinearRegression } from './linear-regression.ts'
import { LinearRegressionModel } from './linear-regression-model.ts'
import { Ridge } from './ridge.ts'

type Solution = { readonly coef: readonly number[]; readonly intercept: number }

/** A problem as `linear-regression-cases.py` writes it. */
type Case = {
  readonly kind: string
  readonly estimator: string
  readonly alpha: number
  readonly fitIntercept: boolean
  readonly X: readonly (readonly number[])[]
  readonly y: readonly number[]
  readonly sampleWeight: readonly number[] | null
  readonly sklearn: Solution & { readonly score: number; readonly predicted: readonly number[] }
  /** Null where many solutions are as good. */
  readonly exact: Solution | null
}

const fitOf = ({ estimator, alpha, fitIntercept, X, y, sampleWeight }: Case) => {
  const given =
    estimator === 'Ridge'
      ? new Ridge({ alpha, fitIntercept })
      : new LinearRegression({ fitIntercept })
  return given.fit(X, y, { sampleWeight })
}

const norm = (values: readonly number[]) => Math.sqrt(values.reduce((sum, v) => sum + v * v, 0))

const difference = (a: readonly number[], b: readonly number[]) =>
  norm(a.map((value, i) => value - b[i])) / (norm(b) || 1)

const numbersOf = ({ coef, intercept }: Solution) => [...coef, intercept]

const testCases = (read: () => readonly Case[]) => {
  // Where columns are nearly dependent, the rounding of the best method is as large as the dependence makes it.
  test("they are the exact ones to 1e-10, or as near as scikit-learn's", () => {
    for (const stored of read()) {
      if (stored.exact === null) continue
      const exact = numbersOf(stored.exact)
      const model = fitOf(stored)
      const own = difference(numbersOf(stored.sklearn), exact)
      const error = difference(numbersOf(model), exact)
      expect(error, JSON.stringify(stored)).toBeLessThan(Math.max(1e-10, 2 * own))
    }
  })

  test("they are scikit-learn's, up to its own error", () => {
    for (const stored of read()) {
      if (stored.exact === null) continue
      const own = difference(numbersOf(stored.sklearn), numbersOf(stored.exact))
      const apart = difference(numbersOf(fitOf(stored)), numbersOf(stored.sklearn))
      expect(apart, JSON.stringify(stored)).toBeLessThan(1e-10 + 2 * own)
    }
  })

  // scikit-learn keeps a singular value that is nothing but rounding in some tables, and has larger coefficients then.
  test('of many solutions the one of least norm is taken', () => {
    for (const stored of read()) {
      if (stored.exact !== null) continue
      const model = fitOf(stored)
      expect(norm(model.coef)).toBeLessThan(norm(stored.sklearn.coef) * (1 + 1e-10))
      expect(difference(model.predict(stored.X), stored.sklearn.predicted)).toBeLessThan(1e-10)
    }
  })
}

describe('the coefficients of stored problems:', () => testCases(() => reference.cases))

const python = process.env.DSAPI_PYTHON ?? '/usr/bin/python3'
const hasSklearn = spawnSync(python, ['-c', 'import sklearn']).status === 0

describeWhere(hasSklearn, 'python3-sklearn')('the coefficients of 200 more problems:', () => {
  let cases: readonly Case[] | undefined
  testCases(() => {
    const script = fileURLToPath(new URL('../../test/linear-regression-cases.py', import.meta.url))
    const options = { encoding: 'utf8', maxBuffer: 1e9 } as const
    cases ??= JSON.parse(execFileSync(python, [script, '2', '200'], options)).cases as Case[]
    return cases
  })
})

describe('LinearRegression', () => {
  test('finds an exact line', () => {
    const model = new LinearRegression().fit([[0], [1], [2]], [1, 3, 5])
    expect(model.coef[0]).toBeCloseTo(2, 14)
    expect(model.intercept).toBeCloseTo(1, 14)
    expect(model.score([[0], [1], [2]], [1, 3, 6])).toBeLessThan(1)
  })

  test('leaves residuals that no column explains, whatever the units', () => {
    const number = fc.integer({ min: -1000, max: 1000 }).map((value) => value / 1000)
    const rows = fc.array(fc.tuple(number, number, number), { minLength: 5, maxLength: 30 })
    fc.assert(
      fc.property(rows, fc.integer({ min: -8, max: 8 }), (table, power) => {
        const X = table.map(([a, b]) => [a, b * 10 ** power])
        const y = table.map(([, , c]) => c)
        const predicted = new LinearRegression().fit(X, y).predict(X)
        const residuals = y.map((value, i) => value - predicted[i])
        for (const j of [0, 1]) {
          const column = X.map((row) => row[j])
          const product = column.reduce((sum, value, i) => sum + value * residuals[i], 0)
          expect(Math.abs(product)).toBeLessThanOrEqual(1e-10 * (norm(column) * norm(y)))
        }
      }),
    )
  })

  test('counts a row of weight 2 twice, and one of weight 0 not at all', () => {
    const X = [[0], [1], [2], [5]]
    const weighted = new LinearRegression().fit(X, [0, 2, 1, 9], { sampleWeight: [1, 2, 1, 0] })
    const repeated = new LinearRegression().fit([[0], [1], [1], [2]], [0, 2, 2, 1])
    expect(difference(numbersOf(weighted), numbersOf(repeated))).toBeLessThan(1e-14)
  })

  test('gives a constant column no weight', () => {
    const model = new LinearRegression().fit(
      [
        [0.1, 0],
        [0.1, 1],
        [0.1, 3],
      ],
      [1, 2, 4],
    )
    expect(model.coef[0]).toBe(0)
    expect(model.fit).toMatchObject({ rank: 1 })
  })

  test('shares the weight of a column among its copies', () => {
    const X = [
      [1, 1],
      [2, 2],
      [4, 4],
    ]
    const model = new LinearRegression().fit(X, [2, 4, 8])
    expect(difference(model.coef, [1, 1])).toBeLessThan(1e-14)
    expect(model.fit).toMatchObject({ solver: 'svd', rank: 1 })
  })

  test.each<[number[][], (number | string)[], object, string]>([
    [[[1], [2]], [1], {}, 'y has 1 numbers; expected one for each of 2 rows'],
    [[[1]], ['a'], {}, 'y is "a" in row 0; expected a finite number'],
    [[[1], [Number.NaN]], [1, 2], {}, 'X is NaN in row 1, column 0'],
    [[[1], [2]], [1, 2], { sampleWeight: [0, 0] }, 'sampleWeight adds up to 0; expected a finite'],
    [[[-1.7e308], [1.7e308], [1.7e308]], [1, 2, 3], {}, 'the intercept of the fit is no finite'],
    [[[1], [2]], [1, 2], { featureNames: ['a', 'b'] }, 'featureNames has 2 names'],
  ])('refuses %j and %j', (X, y, options, message) => {
    const fit = () => new LinearRegression().fit(X, y as number[], options)
    expect(fit).toThrow(ModelError)
    expect(fit).toThrow(message)
  })
})

describe('a fitted linear model', () => {
  const model = new Ridge({ alpha: 2 }).fit([[-1], [1]], [-2, 2], { featureNames: ['a'] })

  test('comes back from JSON with every double', () => {
    const read = LinearRegressionModel.fromJSON(JSON.parse(JSON.stringify(model)))
    expect(read).toEqual(model)
    expect(read.coef).toEqual([1])
  })

  test('predicts rows, a matrix and one row alike', () => {
    expect(model.predict([[3], [4]])).toEqual([3, 4])
    expect(model.predict(Matrix.fromRows([[3], [4]]))).toEqual(Float64Array.of(3, 4))
    expect(model.predictOne([3])).toBe(3)
    expect(() => model.predictOne([3, 4])).toThrow('X has 2 columns; expected 1: ["a"]')
  })

  test.each<[object, string]>([
    [{ formatVersion: 2 }, 'formatVersion is 2; expected 1: the file was written by a newer'],
    [{ format: 'x' }, 'format is "x"; expected one of "dsapi-linear-regression"'],
    [{ coef: [null] }, 'coef[0] is null; expected a finite number'],
    [{ intercept: '1' }, 'intercept is "1"; expected a finite number'],
    [{ featureNames: ['a', 'b'] }, 'featureNames has 2 names; expected 1'],
    [{ fit: { estimator: 'Lars' } }, 'fit.estimator is "Lars"; expected one of'],
  ])('is not read with %j', (members, message) => {
    const json = { ...JSON.parse(JSON.stringify(model)), ...members }
    expect(() => LinearRegressionModel.fromJSON(json)).toThrow(message)
  })
})
