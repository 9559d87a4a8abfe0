import { expect, test } from 'vitest'
import { checkFinite, checkShape } from './check-predictions.ts'
import { type Predictions, predictClasses } from './predictions.ts'

const values = (...numbers: number[]): Predictions => ({
  type: 'values',
  nRows: numbers.length / 2,
  names: ['low', 'high'],
  values: Float64Array.from(numbers),
})

test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
  'an answer with %s is refused, and its row is named',
  (bad) => {
    expect(() => checkFinite(values(1, 2, 3, bad))).toThrow(
      expect.objectContaining({ name: 'ModelFailedError', row: 1 }),
    )
    expect(() => checkFinite(predictClasses(['a', 'b'], Float64Array.of(bad, 1)))).toThrow(
      expect.objectContaining({ row: 0 }),
    )
  },
)

test('an answer with finite numbers is given back', () => {
  const answer = values(0, -1.5, Number.MAX_VALUE, 5e-324)
  expect(checkFinite(answer)).toBe(answer)
})

test('an answer must have as many rows as were asked', () => {
  expect(() => checkShape(values(1, 2), 2)).toThrow('answered 1 rows with 2 numbers; expected 2')
})

test('an answer must have a number for each class', () => {
  const answer = predictClasses(['a', 'b'], Float64Array.of(0.5, 0.5))
  expect(() => checkShape({ ...answer, probabilities: Float64Array.of(1) }, 1)).toThrow(/1 numbers/)
})

test('an answer must have a class of the model', () => {
  const answer = predictClasses(['a', 'b'], Float64Array.of(0.5, 0.5))
  const wrong = { ...answer, predicted: Uint32Array.of(2) }
  expect(() => checkShape(wrong, 1)).toThrow('a class that it does not have')
})
