import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fma } from './fma.ts'

/** A double as an integer times a power of two. */
function toInteger(x: number, exponent: number): bigint {
  let scaled = x
  for (let i = 0; i < exponent; i++) scaled *= 2
  return BigInt(scaled)
}

/** a * b + c in exact arithmetic, rounded by `Number`, for doubles that are multiples of 2^-200. */
function exactFma(a: number, b: number, c: number): number {
  const sum = toInteger(a, 200) * toInteger(b, 200) + (toInteger(c, 200) << 200n)
  let rounded = Number(sum >= 0n ? sum : -sum)
  for (let i = 0; i < 400; i++) rounded /= 2
  return sum >= 0n ? rounded : -rounded
}

const ordinary = fc
  .tuple(fc.bigInt({ min: -(2n ** 53n), max: 2n ** 53n }), fc.integer({ min: -130, max: -20 }))
  .map(([significand, exponent]) => Number(significand) * 2 ** exponent)

describe('fma', () => {
  it('rounds once, as exact arithmetic does', () => {
    fc.assert(
      fc.property(ordinary, ordinary, ordinary, (a, b, c) => {
        expect(fma(a, b, c)).toBe(exactFma(a, b, c) + 0)
      }),
      { numRuns: 2000 },
    )
  })

  it('rounds once where the sum nearly cancels the product', () => {
    fc.assert(
      fc.property(ordinary, ordinary, fc.integer({ min: -3, max: 3 }), (a, b, steps) => {
        const c = -(a * b) * (1 + steps * 2 ** -52)
        fc.pre(Math.abs(c) > 2 ** -140)
        expect(fma(a, b, c)).toBe(exactFma(a, b, c) + 0)
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    { a: 0.1, b: 10, c: -1, expected: 2 ** -54 },
    { a: 1 + 2 ** -52, b: 1 + 2 ** -52, c: -1, expected: 2 ** -51 + 2 ** -104 },
    // Rounding the sum twice would give 2 here: the tail lies just above half a unit.
    { a: 1 + 2 ** -30, b: 1 - 2 ** -30, c: 1, expected: 2 - 2 ** -60 },
    { a: 2 ** 1000, b: 2, c: 1, expected: 2 ** 1001 },
    { a: Number.POSITIVE_INFINITY, b: 1, c: 1, expected: Number.POSITIVE_INFINITY },
  ])('fma($a, $b, $c) is $expected', ({ a, b, c, expected }) => {
    expect(fma(a, b, c)).toBe(expected)
  })
})
