import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LabelColumn } from './label-column.ts'

const read = (...labels: string[]) => {
  const column = new LabelColumn()
  for (const label of labels) column.push(label)
  return column.toLabels()
}

describe('labels', () => {
  test.each<[string[], number[]]>([
    [
      ['0', '1'],
      [0, 1],
    ],
    [
      ['1', '1.0', '+1', '1.'],
      [1, 1, 1, 1],
    ],
    [
      ['.5', '0.50', '-.5', '-0.5'],
      [0.5, 0.5, -0.5, -0.5],
    ],
    [
      ['1e3', '1E3', '1e+3'],
      [1000, 1000, 1000],
    ],
    [
      ['0.1', '1e-7', '123456789012345680000'],
      [0.1, 1e-7, 123456789012345680000],
    ],
    [
      ['0', '-0', '0.0'],
      [0, 0, 0],
    ],
  ])('%j are numbers', (labels, numbers) => {
    expect(read(...labels)).toEqual(numbers)
  })

  test.each([
    [['01234', '1234']],
    [['01234', '56789']],
    [['1E1', '10']],
    [['100e-1', '10']],
    [['9007199254740993', '9007199254740992']],
    [['9007199254740993', '1']],
    [['0.1', '0.1000000000000000055511151231257827']],
    [['1', 'x']],
    [['1', '0x10']],
    [['1', '1'.repeat(401)]],
  ])('%j stay text', (labels) => {
    expect(read(...labels)).toEqual(labels)
  })

  test('of different digits are never one class', () => {
    const digits = fc.string({ unit: fc.constantFrom('0', '1', '9'), minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(digits, digits, (a, b) => {
        const [first, second] = read(a, b)
        expect(first === second).toBe(a === b)
      }),
      { numRuns: 2000 },
    )
  })

  test('of any double as JavaScript writes it are that double', () => {
    const double = fc.double({ noNaN: true, noDefaultInfinity: true })
    fc.assert(
      fc.property(double, (value) => {
        expect(read(String(value))[0]).toBe(value + 0)
      }),
    )
  })
})
