import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextUp } from './next-up.ts'

test('what is at most a number is below the next one', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (threshold, value) => {
      if (threshold === Number.POSITIVE_INFINITY) return
      const next = nextUp(threshold)
      expect(threshold < next).toBe(true)
      expect(value < next).toBe(value <= threshold)
    }),
    { numRuns: 3000 },
  )
})

test.each([
  [0, 5e-324],
  [-0, 5e-324],
  [-5e-324, -0],
  [Number.MAX_VALUE, Number.POSITIVE_INFINITY],
  [Number.NEGATIVE_INFINITY, -Number.MAX_VALUE],
  [1, 1 + Number.EPSILON],
])('behind %d comes %d', (value, next) => {
  expect(nextUp(value)).toBe(next)
})
