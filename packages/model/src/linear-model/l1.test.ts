import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { describeWithSklearn, drawCases } from '../../test/python-cases.ts'
import reference from '../../test/reference/l1.json' with { type: 'json' }
import { Matrix } from '../matrix.ts'
import { ElasticNet, Lasso } from './elastic-net.ts'
import { LinearRegression } from './linear-regression.ts'
import { LinearRegressionModel } from './linear-regression-model.ts'
import { LogisticRegression } from './logistic-regression.ts'

type LinearCase = (typeof reference.linear)[number]
type LogisticCase = (typeof reference.logistic)[number]
type Weights = readonly (readonly number[])[]

const toLinear = ({ alpha, l1Ratio, fitIntercept }: LinearCase) =>
  l1Ratio === 1
    ? new Lasso({ alpha, fitIntercept })
    : new ElasticNet({ alpha, l1Ratio, fitIntercept })

const toLogistic = ({ C, l1Ratio, fitIntercept }: LogisticCase) =>
  l1Ratio === null
    ? new LogisticRegression({ C, penalty: 'l1', fitIntercept })
    : new LogisticRegression({ C, penalty: 'elasticnet', l1Ratio, fitIntercept })

const penaltyOf = (coef: Weights, l1Ratio: number) =>
  coef.flat().reduce((sum, w) => sum + l1Ratio * Math.abs(w) + ((1 - l1Ratio) * w * w) / 2, 0)

/** scikit-learn's objective for its own probabilities and weights. */
const objectiveOf = ({ y, C, l1Ratio, coef, p }: LogisticCase) =>
  p.reduce((sum, row, i) => sum - C * Math.log(row[y[i]]), penaltyOf(coef, l1Ratio ?? 1))

const testCases = (
  read: () => {
    readonly linear: readonly LinearCase[]
    readonly logistic: readonly LogisticCase[]
  },
) => {
  test('the coefficients of Lasso and ElasticNet are the same', () => {
    for (const stored of read().linear) {
      const { X, y, sampleWeight, coef, intercept } = stored
      const model = toLinear(stored).fit(X, y, { sampleWeight })
      for (const [j, weight] of model.coef.entries()) expect(weight).toBeCloseTo(coef[j], 7)
      expect(model.intercept).toBeCloseTo(intercept, 7)
      expect(model.fit).toMatchObject({ converged: true })
      expect((model.fit as { dualGap: number }).dualGap).toBeLessThan(1e-13 * norm(y))
    }
  })

  test("the objective of logistic regression is no higher than scikit-learn's", () => {
    for (const stored of read().logistic) {
      // saga stops at once where no weight leaves 0, before the intercept is right.
      const isUnfinished = stored.coef.flat().every((weight) => weight === 0)
      const model = toLogistic(stored).fit(stored.X, stored.y)
      const own = objectiveOf(stored)
      expect(model.converged, JSON.stringify(stored)).toBe(true)
      expect(model.objective).toBeLessThan(own * (1 + 1e-12))
      if (!isUnfinished) expect(model.objective).toBeGreaterThan(own * (1 - 1e-6))
    }
  })

  test('the probabilities of logistic regression are the same', () => {
    for (const stored of read().logistic) {
      if (stored.coef.flat().every((weight) => weight === 0)) continue
      const found = toLogistic(stored).fit(stored.X, stored.y).predictProba(stored.X)
      for (const [i, row] of found.entries()) {
        for (const [k, value] of row.entries()) {
          expect(Math.abs(value - stored.p[i][k])).toBeLessThan(2e-4)
        }
      }
    }
  })
}

const norm = (values: readonly number[]) => values.reduce((sum, v) => sum + v * v, 0)

describe('stored problems:', () => testCases(() => reference))

describeWithSklearn('40 more problems:', () => {
  let cases: typeof reference | undefined
  testCases(() => {
    cases ??= drawCases<typeof reference>('l1-cases.py', 2, 20)
    return cases
  })
})

const number = fc.integer({ min: -100, max: 100 }).map((value) => value / 50)
const problem = fc.record({
  rows: fc.array(fc.tuple(number, number, number, fc.nat(2)), { minLength: 6, maxLength: 20 }),
  C: fc.constantFrom(0.1, 1, 10),
  l1Ratio: fc.constantFrom(0, 0.5, 1),
  unit: fc.constantFrom(1e-3, 1, 1e3),
})

test('each weight of a logistic regression is at its optimum', () => {
  fc.assert(
    fc.property(problem, fc.integer({ min: 2, max: 3 }), ({ rows, C, l1Ratio, unit }, k) => {
      const X = rows.map(([a, b, c]) => [a * unit, b, c])
      const y = rows.map(([, , , label], i) => (i < k ? i : label % k))
      const options = { C, penalty: 'elasticnet', l1Ratio } as const
      const model = new LogisticRegression(options).fit(X, y)
      expect(model.converged).toBe(true)
      const p = model.predictProba(X)
      for (const [row, weights] of model.coef.entries()) {
        const label = k === 2 ? 1 : row
        for (const [j, weight] of weights.entries()) {
          const slope = X.reduce(
            (sum, values, i) => sum + C * (p[i][label] - (y[i] === label ? 1 : 0)) * values[j],
            0,
          )
          const smooth = slope + (1 - l1Ratio) * weight
          const off =
            weight === 0
              ? Math.max(0, Math.abs(smooth) - l1Ratio)
              : Math.abs(smooth + l1Ratio * Math.sign(weight))
          const size = j === 0 ? unit : 1
          expect(off / size).toBeLessThan(1e-6 * C * rows.length)
        }
      }
    }),
    { numRuns: 60 },
  )
})

test('a weight that comes back to 0 along a nearly flat direction does so in a few steps', () => {
  const X = [...[0, 0, 0].map(() => [0, 0, 0]), [-60, 0, 0], [-120, 0, 0.42], [-60, 0, 0]]
  const model = new LogisticRegression({ C: 10, penalty: 'l1' }).fit(X, [0, 1, 2, 1, 0, 1])
  expect(model.converged).toBe(true)
  expect(model.coef[1][2]).toBe(0)
})

test('no step changes the lasso for the better, also with more columns than rows', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(number, { minLength: 12, maxLength: 12 }), { minLength: 4, maxLength: 9 }),
      (X) => {
        const y = X.map((row) => row[0] - row[1] + row[11])
        const { fit } = new Lasso({ alpha: 0.05 }).fit(X, y)
        expect(fit).toMatchObject({ converged: true })
        expect((fit as { dualGap: number }).dualGap).toBeLessThan(1e-12)
      },
    ),
    { numRuns: 60 },
  )
})

test('a penalty that is large enough leaves no weight', () => {
  const X = [
    [0, 1],
    [1, 0],
    [2, 2],
    [3, 1],
  ]
  expect(new Lasso({ alpha: 100 }).fit(X, [1, 2, 3, 5]).coef).toEqual([0, 0])
  const model = new LogisticRegression({ C: 1e-3, penalty: 'l1' }).fit(X, [0, 0, 1, 1])
  expect(model.coef).toEqual([[0, 0]])
  expect(model.intercept[0]).toBeCloseTo(0, 12)
})

test('no penalty leaves least squares', () => {
  const X = [
    [0, 1],
    [1, 0],
    [2, 2],
    [3, 1],
  ]
  const found = new Lasso({ alpha: 0 }).fit(X, [1, 2, 3, 5])
  const exact = new LinearRegression().fit(X, [1, 2, 3, 5])
  for (const [j, weight] of found.coef.entries()) expect(weight).toBeCloseTo(exact.coef[j], 10)
})

test('a table of thousands of columns is fitted by those that count', () => {
  const X = new Matrix(new Float64Array(12 * 3000), 12, 3000)
  for (let at = 0; at < X.data.length; at++) X.data[at] = ((at * 7919) % 1009) / 500 - 1
  const y = Array.from({ length: 12 }, (_, i) => 2 * X.row(i)[5] - X.row(i)[2000])
  const { fit } = new Lasso({ alpha: 0.1 }).fit(X, y)
  expect(fit).toMatchObject({ converged: true })
  expect((fit as { dualGap: number }).dualGap).toBeLessThan(1e-12)
})

test('the report of the fit is stored', () => {
  const model = new ElasticNet({ alpha: 0.5, l1Ratio: 0.5 }).fit([[-1], [1]], [-2, 2])
  expect(model.coef[0]).toBeCloseTo(1.4, 12)
  expect(LinearRegressionModel.fromJSON(JSON.parse(JSON.stringify(model)))).toEqual(model)
})

test.each([
  [{ penalty: 'elasticnet' }, 'l1Ratio is undefined; expected a number from 0 to 1'],
  [{ penalty: 'l1', l1Ratio: 0.5 }, "expected none without penalty: 'elasticnet'"],
] as const)('options that contradict each other are refused: %j', (options, message) => {
  expect(() => new LogisticRegression(options)).toThrow(message)
})
