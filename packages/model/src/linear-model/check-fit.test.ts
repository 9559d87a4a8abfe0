import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ModelError } from '../errors.ts'
import { modelFromJSON } from '../persistence/model-from-json.ts'
import { checkFit } from './check-fit.ts'
import { LogisticRegression } from './logistic-regression.ts'

const fewRows = [[0], [1], [2], [3], [4]]
const fewLabels = [0, 1, 0, 1, 1]
const report = { converged: true, nIter: 1, gradientNorm: 0, objective: 1 }

test.each<[string, () => unknown, RegExp]>([
  [
    'a C near the largest double',
    () => new LogisticRegression({ C: 1e308 }).fit(fewRows, fewLabels),
    /^the objective of the fit is Infinity; expected a finite number\. Use a smaller C/,
  ],
  [
    'a weight near the largest double',
    () =>
      new LogisticRegression().fit(fewRows, fewLabels, {
        sampleWeight: [1e308, 1e308, 1e308, 1e308, 1e308],
      }),
    /objective of the fit is Infinity/,
  ],
])('%s is refused', (_, fit, message) => {
  expect(fit).toThrow(ModelError)
  expect(fit).toThrow(message)
})

test('a weight that is too large for a double is refused, naming its column', () => {
  const fit = () => checkFit([[0, Number.NEGATIVE_INFINITY]], [0], report)
  expect(fit).toThrow(/^coef\[0\]\[1\] of the fit is -Infinity;.* column 1 to another unit/)
})

test('an intercept that is too large for a double is refused', () => {
  const fit = () => checkFit([[0], [1]], [0, Number.POSITIVE_INFINITY], report)
  expect(fit).toThrow(/^intercept\[1\] of the fit is Infinity/)
})

test.each([1e-150, 1e-160, 1e150, 1e160, 1e295])('columns of %d are fitted', (unit) => {
  const rows = fewRows.map(([value]) => [value * unit])
  const { converged, objective } = new LogisticRegression({ penalty: 'none' }).fit(rows, fewLabels)
  expect(converged).toBe(true)
  expect(objective).toBeCloseTo(2.4219668436858, 12)
  expect(new LogisticRegression().fit(rows, fewLabels).converged).toBe(true)
})

const power = (least: number, most: number) =>
  fc.double({ min: least, max: most, noNaN: true }).map((exponent) => 10 ** exponent)

const anyFit = fc
  .record({
    C: power(-320, 308.2),
    weight: power(-300, 308.2),
    nClasses: fc.integer({ min: 2, max: 3 }),
    penalty: fc.constantFrom('l2', 'none'),
    columns: fc.array(
      fc.record({ scale: power(-320, 308), offset: fc.constantFrom(0, 1, 1e3, 1e15) }),
      { minLength: 1, maxLength: 3 },
    ),
    nRows: fc.integer({ min: 3, max: 9 }),
    seed: fc.integer({ min: 1, max: 1e6 }),
  })
  .filter(({ C, columns }) => C > 0 && columns.every(({ scale }) => scale > 0))

test('whatever a fit returns is finite, and reads back from JSON as it was', () => {
  fc.assert(
    fc.property(anyFit, ({ C, weight, nClasses, penalty, columns, nRows, seed }) => {
      const X = Array.from({ length: nRows }, (_, i) =>
        columns.map(({ scale, offset }, j) => {
          const value = (offset + Math.sin(seed * (i + 1) * (j + 1))) * scale
          return Math.max(Math.min(value, Number.MAX_VALUE), -Number.MAX_VALUE)
        }),
      )
      const sampleWeight = X.map((_, i) => (i % 2 === 0 ? weight : 1))
      let model: ReturnType<LogisticRegression['fit']>
      try {
        model = new LogisticRegression({ C, penalty: penalty as 'l2' | 'none', maxIter: 30 }).fit(
          X,
          X.map((_, i) => i % nClasses),
          { sampleWeight },
        )
      } catch (error) {
        expect(error).toBeInstanceOf(ModelError)
        return
      }
      const again = modelFromJSON(JSON.parse(JSON.stringify(model)))
      expect({ ...again.toJSON() }).toEqual({ ...model.toJSON() })
      for (const row of model.predictProba(X)) expect(row.every(Number.isFinite)).toBe(true)
    }),
    { numRuns: 500 },
  )
})
