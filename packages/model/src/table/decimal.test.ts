import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decimalPattern, longestDecimal, parseDecimal } from './decimal.ts'

describe('parseDecimal', () => {
  test.each([
    ['1', 1],
    ['1.0', 1],
    ['-2', -2],
    ['+1', 1],
    ['.5', 0.5],
    ['1.', 1],
    ['1e3', 1000],
    ['1E-3', 0.001],
    ['-0', -0],
    ['007', 7],
    ['1e-999', 0],
  ])('reads %s', (text, value) => {
    expect(parseDecimal(text)).toBe(value)
  })

  test.each([
    '',
    ' 1',
    '1 ',
    'abc',
    'nan',
    'inf',
    'Infinity',
    '0x10',
    '1_000',
    '1,0',
    '.',
    'e3',
    '1e',
    '1e999',
    '--1',
    '١',
    '1\n',
  ])('does not read %j', (text) => {
    expect(parseDecimal(text)).toBeUndefined()
  })

  test('reads a number of the greatest length, and none that is longer', () => {
    expect(parseDecimal('1'.padStart(longestDecimal, '0'))).toBe(1)
    expect(parseDecimal('1'.padStart(longestDecimal + 1, '0'))).toBeUndefined()
  })

  test('takes the smallest and the largest doubles without an exponent', () => {
    expect(parseDecimal(`-0.${'5'.padStart(324, '0')}`)).toBe(-Number.MIN_VALUE)
    expect(parseDecimal(BigInt(Number.MAX_VALUE).toString())).toBe(Number.MAX_VALUE)
  })

  test('has a pattern that decides about a text in a time that grows with its length alone', () => {
    // A pattern that can split the digits in n ways looks at 5,000,000,000 of them here.
    const digits = '1'.repeat(100_000)
    for (const text of [`${digits}x`, `.${digits}x`, `1.${digits}x`, `1e${digits}x`]) {
      const before = process.cpuUsage()
      expect(decimalPattern.test(text)).toBe(false)
      expect(process.cpuUsage(before).user).toBeLessThan(1_000_000)
    }
  })

  test('accepts what a pattern that may split digits in many ways would accept', () => {
    const characters = fc.constantFrom(...'0123456789.eE+-')
    const text = fc.string({ unit: characters, maxLength: 20 })
    const reference = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/
    fc.assert(
      fc.property(text, (text) => {
        expect(decimalPattern.test(text)).toBe(reference.test(text))
      }),
    )
  })

  test('reads what the pattern matches, and nothing else', () => {
    const characters = fc.constantFrom(...'0123456789.eE+-xXbBoOaAfF_, \t\n\u00a0/')
    const text = fc.oneof(
      fc.string({ unit: characters, maxLength: 8 }),
      fc.string({ maxLength: 4 }),
    )
    fc.assert(
      fc.property(text, (text) => {
        const value = decimalPattern.test(text) ? Number(text) : Number.NaN
        expect(parseDecimal(text)).toBe(Number.isFinite(value) ? value : undefined)
      }),
      { numRuns: 20_000 },
    )
  })

  test('reads back every double that is written out', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parseDecimal(String(value))).toBe(value === 0 ? 0 : value)
      }),
    )
  })

  test('gives a finite number or nothing for any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const value = parseDecimal(text)
        expect(value === undefined || Number.isFinite(value)).toBe(true)
      }),
    )
  })
})
