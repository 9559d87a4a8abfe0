import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LogisticRegression } from '../linear-model/logistic-regression.ts'
import { modelFromJSON } from '../persistence/model-from-json.ts'
import { bestThreshold } from './best-threshold.ts'
import { f1Score } from './precision-recall.ts'

const row = fc.record({
  label: fc.constantFrom('no', 'yes'),
  probability: fc.integer({ min: 0, max: 10 }).map((tenth) => tenth / 10),
})
const rows = fc
  .array(row, { maxLength: 20 })
  .map((some) => [{ label: 'no', probability: 0.2 }, { label: 'yes', probability: 0.6 }, ...some])
const everyThreshold = Array.from({ length: 21 }, (_, i) => i / 20)
const answers = (probabilities: readonly number[], threshold: number) =>
  probabilities.map((probability) => (probability >= threshold ? 'yes' : 'no'))

test('no threshold has a better F1 than the best', () => {
  fc.assert(
    fc.property(rows, (given) => {
      const y = given.map(({ label }) => label)
      const p = given.map(({ probability }) => probability)
      const f1At = (threshold: number) => f1Score(y, answers(p, threshold), { positive: 'yes' })
      const best = bestThreshold(y, p)
      expect(f1At(best.threshold)).toBeCloseTo(best.value, 12)
      expect(best.value).toBeGreaterThan(Math.max(...everyThreshold.map(f1At)) - 1e-12)
    }),
  )
})

test('no threshold has a lower cost than the best', () => {
  const costs = fc.record({ falsePositive: fc.nat(5), falseNegative: fc.nat(5) })
  fc.assert(
    fc.property(rows, costs, (given, cost) => {
      const y = given.map(({ label }) => label)
      const p = given.map(({ probability }) => probability)
      const costAt = (threshold: number) =>
        answers(p, threshold).reduce((sum, answer, i) => {
          if (answer === y[i]) return sum
          return sum + (answer === 'yes' ? cost.falsePositive : cost.falseNegative)
        }, 0)
      const best = bestThreshold(y, p, { by: { cost } })
      expect(costAt(best.threshold)).toBeCloseTo(best.value, 12)
      expect(best.value).toBeLessThan(Math.min(...everyThreshold.map(costAt)) + 1e-12)
    }),
  )
})

test('a threshold changes the class, is stored, and leaves the probabilities', () => {
  const model = new LogisticRegression().fit([[0], [1], [2], [3]], ['no', 'no', 'yes', 'yes'])
  const stored = modelFromJSON(JSON.parse(JSON.stringify(model.withThreshold(0.2))))
  expect(model.predict([[1]])).toEqual(['no'])
  expect(stored.predict([[1]])).toEqual(['yes'])
  expect(stored.predictProba([[1]])).toEqual(model.predictProba([[1]]))
  expect(stored.withThreshold(undefined).toJSON()).toEqual(model.toJSON())
})

test('a threshold that is no probability, or of three classes, is refused', () => {
  const model = new LogisticRegression().fit([[0], [1]], [0, 1])
  expect(() => model.withThreshold(1.5)).toThrow('threshold is 1.5; expected a probability')
  const three = new LogisticRegression().fit([[0], [1], [2]], [0, 1, 2])
  expect(() => three.withThreshold(0.5)).toThrow('3 classes; expected two classes')
  expect(() => modelFromJSON({ ...model.toJSON(), threshold: 0.5 })).toThrow(
    'expected 3 for a model',
  )
})
