import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDecimal } from './decimal.ts'

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
