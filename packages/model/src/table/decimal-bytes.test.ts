import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDecimal } from './decimal.ts'
import { parseDecimalBytes } from './decimal-bytes.ts'
import { encodeText } from './utf8.ts'

const read = (text: string) => {
  const bytes = encodeText(`1${text}1`)
  return parseDecimalBytes(bytes, 1, bytes.length - 1)
}

const digits = (maxLength: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { maxLength }).map((all) => all.join(''))
const written = fc
  .tuple(fc.constantFrom('', '-', '+'), digits(18), fc.constantFrom('', '.'), digits(18))
  .map((parts) => parts.join(''))

describe('a number of bytes', () => {
  test('is the one that its text is, or is left to it', () => {
    const anyText = fc.oneof(
      written,
      fc.tuple(written, fc.integer({ min: -30, max: 30 })).map(([text, e]) => `${text}e${e}`),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
      fc.string({ unit: fc.constantFrom(...'0123456789.-+eE _x'), maxLength: 8 }),
    )
    fc.assert(
      fc.property(anyText, (text) => {
        const value = read(text)
        if (!Number.isNaN(value)) expect(value).toBe(parseDecimal(text))
      }),
      { numRuns: 5000 },
    )
  })

  test('is read where it is a double near 1 as JavaScript and Python write it', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-4, max: 1e6, noNaN: true }), (value) => {
        const text = String(value)
        if (!text.includes('e')) expect(read(text)).toBe(value)
      }),
      { numRuns: 5000 },
    )
  })

  test.each(['', '-', '.', '1e', '1e+', '1x', '1.2.3', '--1', '1 ', '0x10', 'nan', '1e1e1'])(
    '%j is none',
    (text) => expect(read(text)).toBeNaN(),
  )

  test.each([
    ['9007199254740993', 9007199254740992],
    ['0.1000000000000000055', 0.1],
    ['1.00000000000000011102', 1],
    ['-0', -0],
    ['5.', 5],
    ['.5e1', 5],
  ])('%s is %d', (text, value) => expect(read(text)).toBe(value))
})
