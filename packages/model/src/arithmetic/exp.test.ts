import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fastExp } from './exp.ts'

const unitInTheLastPlace = 2 ** -52

test('is within one unit in the last place of Math.exp', () => {
  fc.assert(
    fc.property(fc.double({ min: -708, max: 709, noNaN: true }), (x) => {
      expect(Math.abs(fastExp(x) / Math.exp(x) - 1)).toBeLessThanOrEqual(unitInTheLastPlace)
    }),
    { numRuns: 20_000 },
  )
})

test.each([0, -0, 1, -1, -708, 709, 710, -745, -1000, Infinity, -Infinity, Number.NaN, 5e-324])(
  'of %d is what Math.exp gives',
  (x) => {
    const expected = Math.exp(x)
    const error = Math.abs(fastExp(x) - expected)
    expect(Object.is(fastExp(x), expected) || error <= expected * unitInTheLastPlace).toBe(true)
  },
)
