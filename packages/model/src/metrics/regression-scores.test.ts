import { describe, expect, test } from 'vitest'
import {
  meanAbsoluteError,
  meanSquaredError,
  medianAbsoluteError,
  r2Score,
  rootMeanSquaredError,
} from './regression-scores.ts'

const yTrue = [3, -0.5, 2, 7, 4.25]
const yPredicted = [2.5, 0, 2, 8, 6]
const weights = [1, 2, 0.5, 1, 3]

describe("scores of numbers are scikit-learn 1.2.1's", () => {
  test.each<[string, number, number]>([
    ['r2Score', 0.8513843648208469, 0.7605582413572927],
    ['meanAbsoluteError', 0.75, 1.0333333333333334],
    ['meanSquaredError', 0.9125, 1.4583333333333333],
    ['rootMeanSquaredError', 0.95524865872714, 1.20761472884912],
  ])('%s', (name, plain, weighted) => {
    const scores = { r2Score, meanAbsoluteError, meanSquaredError, rootMeanSquaredError }
    const score = Object.entries(scores).find(([known]) => known === name)?.[1]
    expect(score?.(yTrue, yPredicted)).toBeCloseTo(plain, 14)
    expect(score?.(yTrue, yPredicted, weights)).toBeCloseTo(weighted, 14)
  })

  test('medianAbsoluteError', () => {
    expect(medianAbsoluteError(yTrue, yPredicted)).toBe(0.5)
  })

  test('R² of a constant is 1 for perfect predictions, else 0', () => {
    expect(r2Score([2, 2], [2, 2])).toBe(1)
    expect(r2Score([2, 2], [2, 3])).toBe(0)
  })
})

test('scores refuse lengths that differ and values that are no numbers', () => {
  expect(() => r2Score([1], [1])).toThrow('yTrue has 1 row; expected at least two')
  expect(() => meanSquaredError([1, 2], [1])).toThrow('expected as many')
  expect(() => meanAbsoluteError([1], [Number.NaN])).toThrow('yPredicted is NaN in row 0')
})
