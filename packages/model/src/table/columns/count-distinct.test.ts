import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countDistinct } from './count-distinct.ts'

test('counts what a set counts, without NaN', () => {
  const value = fc.oneof(fc.double(), fc.integer({ min: -5, max: 5 }), fc.constantFrom(0, -0, 0.5))
  fc.assert(
    fc.property(fc.array(value, { maxLength: 200 }), (values) => {
      const expected = new Set(values.filter((one) => !Number.isNaN(one))).size
      expect(countDistinct(Float64Array.from(values))).toBe(expected)
    }),
  )
})

test('counts numbers that count up, and ones with fractions', () => {
  const numbers = Float64Array.from({ length: 50_000 }, (_, i) => i)
  expect(countDistinct(numbers)).toBe(50_000)
  expect(countDistinct(numbers.map((value) => value / 1000))).toBe(50_000)
})
