import { describe, expect, test } from 'vitest'
import * as model from '../src/index.ts'
import { describeWithSklearn, drawCases } from './python-cases.ts'
import reference from './reference/knowledge.json' with { type: 'json' }

// What is known of models beside their predictions: standard errors, importances, the C that is best.

type Cases = typeof reference

const near = (found: number, expected: number, digits: number) =>
  expect(Math.abs(found - expected)).toBeLessThan(digits * Math.max(1e-3, Math.abs(expected)))

const fitOf = ({ kind, X, y, sampleWeight }: Cases['tables'][number]) =>
  kind === 'linear'
    ? new model.LinearRegression().fit(X, y, { sampleWeight })
    : new model.LogisticRegression({ penalty: 'none' }).fit(X, y, { sampleWeight })

const testCases = (read: () => Cases) => {
  test("standard errors, statistics, p-values and intervals are statsmodels'", () => {
    for (const stored of read().tables) {
      const { X, y, sampleWeight } = stored
      const { coefficients } = model.coefficientTable(fitOf(stored), X, y, { sampleWeight })
      expect(coefficients.length).toBe(stored.coef.length)
      for (const [i, row] of coefficients.entries()) {
        near(row.coef, stored.coef[i], 1e-7)
        near(row.standardError, stored.standardError[i], 1e-7)
        near(row.statistic, stored.statistic[i], 1e-7)
        near(row.pValue, stored.pValue[i], 1e-6)
        near(row.confidenceInterval[0], stored.low[i], 1e-6)
        near(row.confidenceInterval[1], stored.high[i], 1e-6)
        if (stored.kind !== 'linear') expect(row.oddsRatio).toBe(Math.exp(row.coef))
      }
    }
  })

  test("the importances of columns are scikit-learn's for the same seed", () => {
    for (const { X, y, coef, intercept, seed, importances } of read().importance) {
      const isClassifier = seed % 2 === 0
      const options = { nRepeats: 4, randomState: seed }
      const found = isClassifier
        ? model.permutationImportance(
            new model.LogisticRegressionModel({
              ...{ classes: [0, 1], coef: [coef], intercept: [intercept] },
            }),
            X,
            y,
            options,
          )
        : model.permutationImportance(
            new model.LinearRegressionModel({ coef, intercept }),
            X,
            y,
            options,
          )
      for (const [j, { importances: own }] of found.entries()) {
        for (const [i, value] of own.entries()) near(value, importances[j][i], 1e-9)
      }
    }
  })

  test.each(['accuracy', 'neg_log_loss'] as const)(
    'the search over C by %s is the same',
    (scoring) => {
      for (const { X, y, ...expected } of read().search) {
        const estimatorOf = (C: number) => new model.LogisticRegression({ C })
        const found = model.searchC(estimatorOf, X, y, { Cs: 5, cv: 3, scoring })
        // Several C may be as good as each other up to rounding.
        const bestMean = Math.max(...found.curve.map(({ mean }) => mean))
        const own = found.curve.find(({ C }) => Math.abs(C / expected[scoring].C - 1) < 1e-9)
        near(own?.mean ?? Number.NaN, bestMean, scoring === 'accuracy' ? 0.1 : 1e-4)
        for (const [i, { C, scores }] of found.curve.entries()) {
          // Where all probabilities are nearly the same, a hair decides which class it is.
          if (scoring === 'accuracy' && C < 1e-3) continue
          for (const [fold, score] of scores.entries()) {
            near(score, expected[scoring].scores[i][fold], scoring === 'accuracy' ? 1e-12 : 1e-3)
          }
        }
      }
    },
  )
}

describe('of stored problems:', () => testCases(() => reference))

describeWithSklearn('of more problems:', () => {
  let cases: Cases | undefined
  testCases(() => {
    cases ??= drawCases<Cases>('knowledge-cases.py', 2, 16)
    return cases
  })
})

const X = [[1], [2], [3], [4], [5], [6]]
const y = [0, 1, 0, 1, 0, 1]

test('a model with a penalty has no table', () => {
  const penalised = new model.LogisticRegression({ C: 0.01 }).fit(X, [0, 0, 1, 0, 1, 1])
  expect(() => model.coefficientTable(penalised, X, [0, 0, 1, 0, 1, 1])).toThrow(
    'expected a model fitted to the same rows without a penalty',
  )
})

test('separated classes are refused, or there is a warning', () => {
  const separated = new model.LogisticRegression({ penalty: 'none' }).fit(X, [0, 0, 0, 1, 1, 1])
  let said = ''
  try {
    said = model.coefficientTable(separated, X, [0, 0, 0, 1, 1, 1]).warnings.join()
  } catch (error) {
    said = String(error)
  }
  expect(said).toContain('The fit did not converge: perhaps some columns separate the classes')
})

test('columns that depend on each other have no standard errors', () => {
  const twice = X.map(([a], i) => [a, i % 3, 2 * a])
  const fitted = new model.LogisticRegression({ penalty: 'none' }).fit(twice, y)
  expect(() => model.coefficientTable(fitted, twice, y)).toThrow(
    'a column is constant, depends on the others',
  )
})

test('a larger confidence makes wider intervals', () => {
  const fitted = new model.LogisticRegression({ penalty: 'none' }).fit(X, y)
  const [narrow, wide] = [0.5, 0.99].map((confidence) => {
    const [low, high] = model.coefficientTable(fitted, X, y, { confidence }).coefficients[0]
      .confidenceInterval
    return high - low
  })
  expect(wide / narrow).toBeCloseTo(2.5758293035489004 / 0.6744897501960817, 10)
})

test('the columns of a table of texts are shuffled as they came', () => {
  const frame = new model.Frame({ a: [1, 2, 3, 4, 5, 6], b: ['x', 'y', 'x', 'y', 'x', 'y'] })
  const columns = new model.ColumnTransformer([['b', new model.OneHotEncoder(), ['b']]])
  const pipeline = new model.Pipeline([
    ['columns', columns],
    ['model', new model.LogisticRegression()],
  ]).fit(frame, y)
  const found = model.permutationImportance(pipeline, frame, y, { randomState: 0 })
  expect(found.map(({ column }) => column)).toEqual(['a', 'b'])
  expect(found[0].mean).toBe(0)
  expect(found[1].mean).toBeGreaterThan(0)
})

test('the smallest C within one standard error is no larger than the best', () => {
  const { curve, C, oneStandardErrorC } = model.searchC(
    (c) => new model.LogisticRegression({ C: c }),
    X,
    [0, 0, 1, 0, 1, 1],
    { cv: 3, scoring: 'neg_log_loss' },
  )
  expect(curve.map((point) => point.C)).toHaveLength(10)
  expect(oneStandardErrorC).toBeLessThanOrEqual(C)
})
