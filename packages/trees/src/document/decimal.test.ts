import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decimalAt } from './decimal.ts'

const parse = (text: string) => {
  const bytes = new TextEncoder().encode(`x${text}y`)
  return decimalAt(bytes, 1, bytes.length - 1)
}

describe('a decimal is the double that JavaScript makes of it', () => {
  test('for every double, in every notation', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.integer({ min: 0, max: 20 }), (value, digits) => {
        if (!Number.isFinite(value)) return
        for (const text of [
          String(value),
          value.toExponential(digits),
          value.toPrecision(digits + 1),
        ])
          expect(parse(text)).toBe(Number(text))
      }),
      { numRuns: 3000 },
    )
  })

  test('for every float32 with the digits that XGBoost writes', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = value.toExponential(8).replace('e', 'E')
        // Minus zero is written without its sign.
        expect(Math.fround(parse(text) ?? Number.NaN) + 0).toBe(value + 0)
      }),
      { numRuns: 3000 },
    )
  })
})

test.each([
  ['5E-1', 0.5],
  ['-0', -0],
  ['+1.5', 1.5],
  ['.5', 0.5],
  ['5.', 5],
  ['1e+05', 1e5],
  ['1e400', Number.POSITIVE_INFINITY],
  ['inf', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
  ['nan', Number.NaN],
])('%s is a number', (text, value) => {
  expect(parse(text)).toBe(value)
})

test.each([
  '',
  '-',
  '.',
  'e5',
  '1e',
  '1e+',
  '1x',
  '0x10',
  '1_0',
  '1 2',
  '--1',
  '1.2.3',
  'infi',
  '__proto__',
])('%j is none', (text) => {
  expect(parse(text)).toBeUndefined()
})

test('a long row of digits is none without being copied', () => {
  expect(parse('1'.repeat(100_000))).toBeUndefined()
})
