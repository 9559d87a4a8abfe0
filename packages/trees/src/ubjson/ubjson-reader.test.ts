import { expect, test } from 'vitest'
import { errorOf } from '../../test/errors.ts'
import { UbjsonReader } from './ubjson-reader.ts'

/** Bytes as the specification draws them: markers as letters, the rest as numbers. */
const reader = (...parts: readonly (string | number)[]) =>
  new UbjsonReader(
    Uint8Array.from(
      parts.flatMap((part) =>
        typeof part === 'number' ? [part] : [...new TextEncoder().encode(part)],
      ),
    ),
  )

test.each([
  [['i', 0xff], -1],
  [['U', 0xff], 255],
  [['I', 0xff, 0xfe], -2],
  [['l', 0, 1, 0, 0], 65536],
  [['L', 0, 0, 0, 1, 0, 0, 0, 0], 2 ** 32],
  [['L', 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], -1],
  [['d', 0x3f, 0xc0, 0, 0], 1.5],
  [['D', 0x3f, 0xf8, 0, 0, 0, 0, 0, 0], 1.5],
  [['N', 'N', 'i', 3], 3],
])('%j is a number', (bytes, value) => {
  expect(reader(...bytes).number()).toBe(value)
})

test('texts have a length of any whole type', () => {
  expect(reader('S', 'i', 2, 'hi').text()).toBe('hi')
  expect(reader('S', 'I', 0, 2, 'hi').text()).toBe('hi')
  expect(reader('C', 'a').text()).toBe('a')
})

test.each([
  ['with a type and a count', ['[', '$', 'i', '#', 'i', 2, 1, 2]],
  ['with a count', ['[', '#', 'U', 2, 'i', 1, 'd', 0x40, 0, 0, 0]],
  ['with neither', ['[', 'i', 1, 'N', 'U', 2, ']']],
])('numbers may stand in an array %s', (_, bytes) => {
  expect([...reader(...bytes).floats()]).toEqual([1, 2])
  const skipped = reader(...bytes)
  skipped.skip()
  skipped.end()
})

test('flags may be truth values', () => {
  expect([...reader('[', 'T', 'F', 'U', 1, ']').flags()]).toEqual([1, 0, 1])
})

test.each([
  ['with an end', ['{', 'i', 1, 'a', 'i', 5, 'U', 1, 'b', 'i', 6, '}']],
  ['with a count', ['{', '#', 'i', 2, 'i', 1, 'a', 'i', 5, 'i', 1, 'b', 'i', 6]],
  ['with a type and a count', ['{', '$', 'i', '#', 'i', 2, 'i', 1, 'a', 5, 'i', 1, 'b', 6]],
])('members may stand in an object %s', (_, bytes) => {
  const found: [string, number][] = []
  const read = reader(...bytes)
  read.object((name) => {
    found.push([name, read.number()])
  })
  expect(found).toEqual([
    ['a', 5],
    ['b', 6],
  ])
  const skipped = reader(...bytes)
  skipped.skip()
  skipped.end()
})

test('arrays may be the elements of an array with a type', () => {
  const read = reader('[', '$', '[', '#', 'i', 2, 'i', 1, ']', 'i', 2, ']')
  const found: number[][] = []
  read.array(() => {
    found.push([...read.floats()])
  })
  expect(found).toEqual([[1], [2]])
})

test('all values are passed over', () => {
  const read = reader(
    '[',
    'Z',
    'N',
    'T',
    'F',
    'C',
    'a',
    'H',
    'i',
    2,
    '12',
    'S',
    'i',
    1,
    'x',
    '{',
    '}',
    '[',
    ']',
    ']',
  )
  read.skip()
  read.end()
})

const floats = (read: UbjsonReader) => read.floats()
const skip = (read: UbjsonReader) => read.skip()

test.each([
  ['a count beyond the file', ['[', '$', 'd', '#', 'L', 0, 0, 0, 1, 0, 0, 0, 0, 1], floats, 4],
  ['a count beyond it to be passed over', ['[', '$', 'd', '#', 'i', 9, 1], skip, 4],
  ['a count of values of unknown size', ['[', '#', 'l', 0x7f, 0xff, 0xff, 0xff, 'i', 1], floats, 2],
  ['values without bytes', ['[', '$', 'Z', '#', 'l', 0x7f, 0xff, 0xff, 0xff], skip, 2],
  ['a type without a count', ['[', '$', 'd', 'i', 1], skip, 3],
  ['a length below 0', ['S', 'i', 0xff], (read: UbjsonReader) => read.text(), 1],
  [
    'a length with a point',
    ['S', 'd', 0x3f, 0x80, 0, 0, 'x'],
    (read: UbjsonReader) => read.text(),
    1,
  ],
  ['an unknown marker', ['?'], skip, 0],
  ['a text among numbers', ['[', 'i', 1, 'S', 'i', 1, 'x', ']'], floats, 3],
  ['the end of the file', ['[', 'i', 1], skip, 3],
  ['what is behind the end', ['Z', 'Z'], (read: UbjsonReader) => [read.skip(), read.end()], 1],
  ['too deep a nest', ['['.repeat(300)], skip, 66],
])('%s is refused at its byte', (_, bytes, read, offset) => {
  expect(errorOf(() => read(reader(...bytes))).facts.offset).toBe(offset)
})
