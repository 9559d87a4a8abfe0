import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import reference from '../../test/reference/separable.json' with { type: 'json' }
import { LogisticRegression } from './logistic-regression.ts'
import type { FitProgress } from './newton.ts'

/** C · Σ -log pᵢ + ½‖coef‖², from the model's scores, one row after the other. */
const objectiveOf = (
  { coef, intercept }: { coef: readonly (readonly number[])[]; intercept: readonly number[] },
  X: readonly (readonly number[])[],
  y: readonly number[],
) => {
  const losses = X.map((row, i) => {
    const scores = coef.map((weights, k) =>
      weights.reduce((sum, weight, j) => sum + weight * row[j], intercept[k]),
    )
    const all = scores.length === 1 ? [0, scores[0]] : scores
    const others = all.filter((_, k) => k !== y[i]).map((score) => Math.exp(score - all[y[i]]))
    return Math.log1p(others.reduce((sum, value) => sum + value, 0))
  })
  const squares = coef.flat().map((weight) => (weight * weight) / 2)
  return [...losses, ...squares].reduce((sum, value) => sum + value, 0)
}

describe('separable tables with large columns', () => {
  test.each(reference)('$name: the minimum that 60 digits give is reached', (stored) => {
    const model = new LogisticRegression({ C: stored.C }).fit(stored.X, stored.y)
    expect(model.converged).toBe(true)
    expect(Math.abs((model.objective ?? 0) / stored.objective - 1)).toBeLessThan(1e-12)
    const largest = Math.max(...stored.coef.flat().map(Math.abs))
    const apart = stored.coef.flatMap((row, k) => row.map((value, j) => model.coef[k][j] - value))
    expect(Math.max(...apart.map(Math.abs))).toBeLessThan(1e-6 * largest)
  })

  // f = 2·log(1 + exp(-u)) + 2·(u/s)² for a score of ±u of the two rows 0 and s, least where
  // u·(1 + exp(u)) = s²/2.
  const leastOfTwoRows = (s: number) => {
    let low = 0
    let high = 700
    for (let halving = 0; halving < 100; halving++) {
      const middle = (low + high) / 2
      if (middle * (1 + Math.exp(middle)) < (s * s) / 2) low = middle
      else high = middle
    }
    return 2 * Math.log1p(Math.exp(-low)) + 2 * (low / s) ** 2
  }

  test('two rows at any distance from 1e-8 to 1e100 reach their minimum', () => {
    fc.assert(
      fc.property(fc.double({ min: -8, max: 100, noNaN: true }), (exponent) => {
        const s = 10 ** exponent
        const model = new LogisticRegression().fit([[0], [s]], [0, 1])
        expect(model.converged).toBe(true)
        expect(Math.abs((model.objective ?? 0) / leastOfTwoRows(s) - 1)).toBeLessThan(1e-12)
      }),
    )
  })

  const table = (nClasses: number) =>
    fc
      .record({
        exponents: fc.array(fc.integer({ min: -8, max: 12 }), { minLength: 1, maxLength: 4 }),
        nRows: fc.integer({ min: nClasses, max: 24 }),
        seed: fc.integer({ min: 1, max: 1e6 }),
      })
      .map(({ exponents, nRows, seed }) => {
        // The first column alone separates the classes.
        const X = Array.from({ length: nRows }, (_, i) =>
          exponents.map((exponent, j) => {
            const value = Math.sin(seed * (i + 1) * (j + 1))
            return (j === 0 ? 3 * (i % nClasses) + value : value) * 10 ** exponent
          }),
        )
        return { X, y: X.map((_, i) => i % nClasses) }
      })

  test.each([2, 3])('%i classes: the reported objective is the true minimum', (n) => {
    fc.assert(
      fc.property(table(n), ({ X, y }) => {
        const progress: FitProgress[] = []
        const model = new LogisticRegression().fit(X, y, {
          onIteration: (step) => void progress.push(step),
        })
        const objective = model.objective ?? Number.NaN
        expect(model.converged).toBe(true)
        expect(progress.length).toBeLessThan(100)
        expect(Math.abs(objective / objectiveOf(model, X, y) - 1)).toBeLessThan(1e-9)
        // The last reported gap is what ends the fit.
        expect(progress.at(-1)?.gap).toBeLessThanOrEqual(1e-12 * (progress.at(-1)?.objective ?? 0))
        for (const change of [0.999, 1.001]) {
          const coef = model.coef.map((row) => row.map((weight) => weight * change))
          const intercept = model.intercept.map((value) => value * change)
          const other = objectiveOf({ coef, intercept }, X, y)
          expect(other).toBeGreaterThanOrEqual(objective * (1 - 1e-11))
        }
      }),
      { numRuns: 60 },
    )
  })

  test('sixty rows of two thousand counts take few steps', () => {
    const X = Array.from({ length: 60 }, (_, i) =>
      Array.from({ length: 2000 }, (_, j) => Math.floor(1e5 * (1 + Math.sin((i + 1) * (j + 7))))),
    )
    const y = X.map((_, i) => i % 2)
    const model = new LogisticRegression().fit(X, y)
    expect(model.converged).toBe(true)
    expect(model.nIter).toBeLessThan(20)
    expect(model.objective).toBeLessThan(1e-7)
  })
})

describe('without a penalty', () => {
  const none = { penalty: 'none' } as const
  const numbers = Array.from({ length: 100 }, (_, i) => i)
  const mixed = (i: number) => Number(Math.sin(13 * i) + Math.sin(7 * i) > 0)
  const X = numbers.map((i) => [Math.sin(7 * i), Number(i < 10)])

  test.each<[string, number[][], number[]]>([
    ['rows on the border', [[0], [1], [1], [2]], [0, 0, 1, 1]],
    ['a mark that only one class has', X, numbers.map((i) => (i < 10 ? 1 : mixed(i)))],
    ['a mark of the third of three classes', X, numbers.map((i) => (i < 10 ? 2 : mixed(i)))],
    ['separable rows', [[0], [1], [2], [3]], [0, 0, 1, 1]],
    ['separable rows of three classes', [[0], [1], [2], [3], [4], [5]], [0, 0, 1, 1, 2, 2]],
  ])('%s: there is no minimum, and the fit reports that soon', (_, rows, y) => {
    const model = new LogisticRegression(none).fit(rows, y)
    expect(model.converged).toBe(false)
    expect(model.nIter).toBeLessThan(60)
    expect(model.coef.flat().every(Number.isFinite)).toBe(true)
  })

  test('rows that cannot be separated have a minimum', () => {
    const model = new LogisticRegression(none).fit(X, numbers.map(mixed))
    expect(model.converged).toBe(true)
  })

  test('a minimum at a large score is reached too', () => {
    // One row in 1e12 is of the other class: at the minimum the odds are 1e12.
    const rows = [[0], [0], [1], [1]]
    const sampleWeight = [1, 1, 1e12, 1]
    const model = new LogisticRegression(none).fit(rows, [0, 1, 0, 1], { sampleWeight })
    expect(model.converged).toBe(true)
    expect(model.coef[0][0]).toBeCloseTo(Math.log(1e-12), 6)
  })

  test('rows without a weight do not make a separable table a mixed one', () => {
    const sampleWeight = [1, 1, 1, 1, 0]
    const rows = [[0], [1], [2], [3], [3]]
    const model = new LogisticRegression(none).fit(rows, [0, 0, 1, 1, 0], { sampleWeight })
    expect(model.converged).toBe(false)
  })
})
