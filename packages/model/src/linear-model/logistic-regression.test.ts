import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { irisTable } from '../../test/iris-table.ts'
import irisReference from '../../test/reference/iris.json' with { type: 'json' }
import reference from '../../test/reference/logistic-regression.json' with { type: 'json' }
import optimum from '../../test/reference/logistic-regression-optimum.json' with { type: 'json' }
import { Matrix } from '../matrix.ts'
import { LogisticRegression, type LogisticRegressionOptions } from './logistic-regression.ts'

const largestDifference = (a: readonly number[][], b: readonly number[][]) =>
  Math.max(...a.flatMap((row, i) => row.map((value, j) => Math.abs(value - b[i][j]))))

const norm = (rows: readonly (readonly number[])[]) =>
  Math.sqrt(rows.flat().reduce((sum, value) => sum + value * value, 0))

const difference = (a: readonly (readonly number[])[], b: readonly number[][]) =>
  a.map((row, k) => row.map((value, j) => value - b[k][j]))

describe("scikit-learn's cases", () => {
  const cases = reference.cases.map((stored, i) => ({
    ...stored,
    name: `${stored.X.length} × ${stored.X[0].length}, ${stored.classes.length} classes, C = ${stored.C}`,
    best: optimum.reference[i],
  }))

  test.each(cases)('$name: the objective is not above the reference', (stored) => {
    const model = new LogisticRegression({ C: stored.C }).fit(stored.X, stored.y)
    expect(model.converged).toBe(true)
    expect(model.objective).toBeLessThanOrEqual(stored.objective * (1 + 1e-9))
    expect(Math.abs((model.objective ?? 0) / stored.best.objective - 1)).toBeLessThan(1e-12)
  })

  test.each(cases)('$name: the probabilities are those of the optimum', (stored) => {
    const model = new LogisticRegression({ C: stored.C }).fit(stored.X, stored.y)
    const probabilities = model.predictProba(stored.X_test)
    expect(largestDifference(probabilities, stored.best.proba_test)).toBeLessThan(1e-9)
  })

  // The stored solutions are lbfgs's, which stopped a little above the optimum, so they differ from
  // it themselves. The objective is strongly convex in coef (its penalty is ½‖coef‖²), so a solution
  // that lies Δ above the minimum is at most √(2Δ) away from it: no more may they differ.
  test.each(cases)(
    '$name: coef is as near to the reference as that is to the optimum',
    (stored) => {
      const { coef, objective = 0 } = new LogisticRegression({ C: stored.C }).fit(
        stored.X,
        stored.y,
      )
      const above = Math.max(stored.objective - objective, 0)
      expect(norm(difference(coef, stored.coef))).toBeLessThanOrEqual(Math.sqrt(2 * above) + 1e-7)
    },
  )

  test('iris: objective, probabilities and accuracy', () => {
    const { X, y } = irisTable()
    const model = new LogisticRegression({ C: irisReference.C }).fit(X, y)
    expect(model.objective).toBeLessThanOrEqual(irisReference.objective * (1 + 1e-9))
    const first = model.predictProba(X.slice(0, 20))
    expect(largestDifference(first, irisReference.proba_first_20)).toBeLessThan(1e-6)
    expect(model.score(X, y)).toBe(irisReference.accuracy)
  })
})

describe('the optimum in 80-bit arithmetic', () => {
  test.each(optimum.cases)('is found with $name', (stored) => {
    const options = stored.options as LogisticRegressionOptions
    const model = new LogisticRegression(options).fit(stored.X, stored.y, {
      sampleWeight: stored.sampleWeight ?? undefined,
    })
    expect(model.converged).toBe(true)
    expect(Math.abs((model.objective ?? 0) / stored.objective - 1)).toBeLessThan(1e-12)
    const probabilities = model.predictProba(stored.X.slice(0, 10))
    expect(largestDifference(probabilities, stored.proba)).toBeLessThan(1e-9)
  })

  test('three classes keep intercepts with a sum of zero', () => {
    const { intercept } = new LogisticRegression().fit(irisTable().X, irisTable().y)
    expect(intercept.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 8)
  })
})

describe('awkward data', () => {
  const finite = (model: { coef: readonly (readonly number[])[]; intercept: readonly number[] }) =>
    [...model.coef.flat(), ...model.intercept].every(Number.isFinite)

  test('separable data with the penalty has a finite optimum', () => {
    const model = new LogisticRegression().fit([[0], [1], [2], [3]], [0, 0, 1, 1])
    expect(model.converged).toBe(true)
    expect(finite(model)).toBe(true)
  })

  test('separable data without a penalty has none, and the model says so', () => {
    const model = new LogisticRegression({ penalty: 'none' }).fit(
      [[0], [1], [2], [3]],
      [0, 0, 1, 1],
    )
    expect(model.converged).toBe(false)
    expect(finite(model)).toBe(true)
    expect(model.predict([[0.5], [2.5]])).toEqual([0, 1])
  })

  test('a constant column gets no weight', () => {
    const model = new LogisticRegression().fit(
      [
        [0, 7],
        [1, 7],
        [2, 7],
        [4, 7],
      ],
      [0, 1, 0, 1],
    )
    expect(model.coef[0][1]).toBe(0)
    expect(model.converged).toBe(true)
  })

  const numbers = [0, 1, 2, 3, 4, 5]
  const alternating = [0, 1, 0, 1, 0, 1]

  test('duplicate columns share the weight under the penalty', () => {
    const model = new LogisticRegression().fit(
      numbers.map((x) => [x, x]),
      alternating,
    )
    expect(model.converged).toBe(true)
    expect(model.coef[0][0]).toBeCloseTo(model.coef[0][1], 9)
  })

  test('duplicate columns without a penalty do together what one does', () => {
    const options = { penalty: 'none' } as const
    const twice = new LogisticRegression(options).fit(
      numbers.map((x) => [x, x]),
      alternating,
    )
    const once = new LogisticRegression(options).fit(
      numbers.map((x) => [x]),
      alternating,
    )
    expect(twice.converged).toBe(true)
    expect(twice.coef[0][0] + twice.coef[0][1]).toBeCloseTo(once.coef[0][0], 6)
  })

  test('columns near the largest double are fitted', () => {
    const model = new LogisticRegression().fit([[1e308], [-1e308], [5e307], [-2e307]], [1, 0, 1, 0])
    expect(finite(model)).toBe(true)
    expect(model.predict([[1.7e308], [-1.7e308]])).toEqual([1, 0])
  })

  test('a fit that is given no time says that it did not converge', () => {
    const model = new LogisticRegression({ maxIter: 1 }).fit(irisTable().X, irisTable().y)
    expect(model).toMatchObject({ converged: false, nIter: 1 })
    expect(model.gradientNorm).toBeGreaterThan(0.01)
  })

  test('one fit can start where another ended', () => {
    const { X, y } = irisTable()
    const first = new LogisticRegression().fit(X, y)
    const again = new LogisticRegression({ warmStart: first }).fit(X, y)
    expect(again.nIter).toBeLessThanOrEqual(1)
    expect(again.objective).toBeCloseTo(first.objective ?? 0, 9)
  })

  test('progress is reported step by step, and goes down', () => {
    const objectives: number[] = []
    const onIteration = ({ objective }: { objective: number }) => void objectives.push(objective)
    new LogisticRegression().fit(irisTable().X, irisTable().y, { onIteration })
    expect(objectives.length).toBeGreaterThan(3)
    expect(objectives).toEqual(objectives.toSorted((a, b) => b - a))
  })

  test('a long table, for which the curvature is sampled, has the same optimum', () => {
    const X = Array.from({ length: 5000 }, (_, i) => [Math.sin(i), Math.cos(1.7 * i) + i / 2500])
    const y = X.map(([a, b], i) => Number(a + b + Math.sin(3.3 * i) > 1))
    const model = new LogisticRegression().fit(X, y)
    const again = new LogisticRegression({ warmStart: model, maxIter: 5 }).fit(X, y)
    expect(model.converged).toBe(true)
    expect(model.objective).toBeCloseTo(again.objective ?? 0, 8)
  })
})

describe('what cannot be fitted says what was wrong and what was expected', () => {
  const rows = [[0], [1]]
  test.each<[string, () => unknown, string]>([
    ['no rows', () => new LogisticRegression().fit([], []), 'X has 0 rows'],
    ['no columns', () => new LogisticRegression().fit([[], []], [0, 1]), '0 columns'],
    [
      'ragged rows',
      () => new LogisticRegression().fit([[0], [1, 2]], [0, 1]),
      'row 1 has 2 columns',
    ],
    ['NaN', () => new LogisticRegression().fit([[0], [Number.NaN]], [0, 1]), 'row 1, column 0'],
    ['one class', () => new LogisticRegression().fit(rows, [1, 1]), 'at least two classes'],
    ['too few labels', () => new LogisticRegression().fit(rows, [1]), 'y has 1 labels; expected'],
    [
      'a label that is NaN',
      () => new LogisticRegression().fit(rows, [0, Number.NaN]),
      'y[1] is NaN',
    ],
    [
      'a name too few',
      () => new LogisticRegression().fit(rows, [0, 1], { featureNames: [] }),
      'featureNames has 0 names',
    ],
    [
      'a weight below zero',
      () => new LogisticRegression().fit(rows, [0, 1], { sampleWeight: [1, -1] }),
      'sampleWeight[1] is -1',
    ],
    ['C of 0', () => new LogisticRegression({ C: 0 }), 'C is 0; expected a finite number above 0'],
    ['half an iteration', () => new LogisticRegression({ maxIter: 0.5 }), 'maxIter is 0.5'],
  ])('%s', (_, fit, message) => {
    expect(fit).toThrow(expect.objectContaining({ name: 'ModelError' }))
    expect(fit).toThrow(message)
  })
})

describe('properties', () => {
  const table = fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 12, max: 30 }))
    .chain(([nFeatures, nSamples]) => {
      const value = fc.integer({ min: -50, max: 50 }).map((n) => n / 10)
      const row = fc.array(value, { minLength: nFeatures, maxLength: nFeatures })
      const label = fc.integer({ min: 0, max: 2 })
      return fc.record({
        X: fc.array(row, { minLength: nSamples, maxLength: nSamples }),
        y: fc.array(label, { minLength: nSamples, maxLength: nSamples }),
      })
    })
    .filter(({ y }) => new Set(y).size > 1)

  test('the order of the rows does not matter', () => {
    fc.assert(
      fc.property(table, ({ X, y }) => {
        const model = new LogisticRegression().fit(X, y)
        const reversed = new LogisticRegression().fit(X.toReversed(), y.toReversed())
        expect(largestDifference(model.predictProba(X), reversed.predictProba(X))).toBeLessThan(
          1e-6,
        )
      }),
      { numRuns: 50 },
    )
  })

  test('probabilities lie between 0 and 1 and sum to 1', () => {
    fc.assert(
      fc.property(table, ({ X, y }) => {
        for (const row of new LogisticRegression().fit(X, y).predictProba(X)) {
          expect(row.every((value) => value >= 0 && value <= 1)).toBe(true)
          expect(Math.abs(row.reduce((sum, value) => sum + value, 0) - 1)).toBeLessThan(1e-12)
        }
      }),
      { numRuns: 50 },
    )
  })

  test('shifting and scaling columns changes no probability of an unpenalised fit', () => {
    const change = fc.record({
      shift: fc.integer({ min: -1000, max: 1000 }),
      exponent: fc.integer({ min: -6, max: 6 }),
    })
    fc.assert(
      fc.property(table, change, ({ X, y }, { shift, exponent }) => {
        const moved = X.map((row) => row.map((value) => (value + shift) * 10 ** exponent))
        const model = new LogisticRegression({ penalty: 'none' }).fit(X, y)
        fc.pre(model.converged === true)
        const other = new LogisticRegression({ penalty: 'none' }).fit(moved, y)
        expect(largestDifference(model.predictProba(X), other.predictProba(moved))).toBeLessThan(
          1e-5,
        )
      }),
      { numRuns: 50 },
    )
  })

  test('rows and a Matrix give the same model', () => {
    fc.assert(
      fc.property(table, ({ X, y }) => {
        const model = new LogisticRegression().fit(X, y)
        const same = new LogisticRegression().fit(Matrix.fromRows(X), y)
        expect(same.coef).toEqual(model.coef)
      }),
      { numRuns: 20 },
    )
  })
})
