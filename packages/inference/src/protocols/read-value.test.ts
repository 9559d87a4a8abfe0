import { expect, test } from 'vitest'
import type { Feature } from '../model-info.ts'
import { readCell, readValue, wrongValue } from './read-value.ts'

const feature = (type: Feature['type'], nullable = false): Feature => ({
  name: 'x',
  type,
  nullable,
})

test.each([
  ['number', 1.5, 1.5],
  ['number', '1e3', 1000],
  ['integer', 3, 3],
  ['integer', '3.0', 3],
  ['boolean', true, 1],
  ['boolean', 0, 0],
  ['boolean', '1', 1],
  ['boolean', 'False', 0],
  ['text', 'null', 'null'],
  ['text', '', ''],
] as const)('a feature of type %s reads %j as %j', (type, given, cell) => {
  expect(readValue(feature(type), given)).toBe(cell)
})

test.each([
  ['number', 'x', 'must be a finite decimal number, but is other text'],
  ['number', true, 'must be a finite decimal number, but is a value of type boolean'],
  ['integer', 1.5, 'must be a whole number, but is another number'],
  ['integer', '0.5', 'must be a whole number, but is other text'],
  ['boolean', 2, 'must be true or false, but is another number'],
  ['boolean', 'TRUE ', 'must be true or false, but is other text'],
  ['text', 5, 'must be text, but is a number'],
  ['text', ['a'], 'must be text, but is an array'],
  ['text', {}, 'must be text, but is a value of type object'],
  ['text', null, 'must be text, but is null'],
  ['text', undefined, 'is missing'],
] as const)('a feature of type %s refuses %j', (type, given, why) => {
  expect(readValue(feature(type), given)).toBeUndefined()
  expect(wrongValue(feature(type), given)).toBe(why)
})

test.each(['number', 'integer', 'boolean', 'text'] as const)(
  'null, an absent value and an empty cell are missing where a feature of type %s may be',
  (type) => {
    for (const nullable of [true, false]) {
      const expected = nullable ? null : undefined
      expect(readValue(feature(type, nullable), null)).toBe(expected)
      expect(readValue(feature(type, nullable), undefined)).toBe(expected)
      expect(readCell(feature(type, nullable), '')).toBe(expected)
    }
  },
)

test('white space around a cell counts for texts alone', () => {
  expect(readCell(feature('text'), ' a ')).toBe(' a ')
  expect(readCell(feature('integer'), ' 3 ')).toBe(3)
  expect(readCell(feature('number', true), '  ')).toBe(null)
})
