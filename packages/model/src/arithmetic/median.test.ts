import fc from 'fast-check'
import { expect, test } from 'vitest'
import { median } from './median.ts'

test('the median is the middle of the sorted numbers', () => {
  const numbers = fc.array(
    fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: 0, max: 3 })),
    { minLength: 1 },
  )
  fc.assert(
    fc.property(numbers, (values) => {
      const sorted = values.toSorted((a, b) => a - b)
      const [low, high] = [sorted[(values.length - 1) >> 1], sorted[values.length >> 1]]
      const found = median(Float64Array.from(values))
      if (low === high) expect(found + 0).toBe(low + 0)
      else expect(Math.abs(found - (low / 2 + high / 2))).toBeLessThanOrEqual(5e-324)
    }),
  )
})

test('of no numbers it is NaN', () => {
  expect(median(new Float64Array(0))).toBeNaN()
})
