import { expect, test } from 'vitest'
import { evaluateValues } from './evaluate-values.ts'

const answered = Array.from({ length: 1000 }, (_, row) => row)

test('residuals are counted in bins, with what is far away in the outer ones', () => {
  const actual = answered.map((value, row) => value + ((row * 7) % 100) + (row === 5 ? 1e6 : 0))
  const { residuals, scores } = evaluateValues(actual, answered)
  expect(residuals).toHaveLength(20)
  expect(residuals.reduce((sum, { rows }) => sum + rows, 0)).toBe(1000)
  expect([residuals[0].lower, residuals[19].upper]).toEqual([undefined, undefined])
  expect(residuals[18].upper).toBeLessThan(100)
  expect(scores.mean_absolute_error).toBeCloseTo(49.5 + 1e3, 1)
})

test('rows with similar answers are in one group', () => {
  const { groups } = evaluateValues(
    answered.map((value) => value + 2),
    answered,
  )
  expect(groups).toHaveLength(10)
  expect(groups[0]).toEqual({ mean_answer: 49.5, mean_value: 51.5, low: 2, high: 2, rows: 100 })
})

test('residuals that are all the same are in one bin', () => {
  expect(evaluateValues([1], [1])).toMatchObject({
    residuals: [{ rows: 1 }],
    groups: [{ mean_answer: 1, rows: 1 }],
    scores: { r2: null, mean_absolute_error: 0 },
  })
})
