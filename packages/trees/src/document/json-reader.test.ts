import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { errorOf } from '../../test/errors.ts'
import { JsonReader } from './json-reader.ts'

const readerOf = (text: string) => new JsonReader(new TextEncoder().encode(text))

/** Reads any value, by asking what stands there. */
const readAny = (reader: JsonReader): unknown => {
  switch (reader.peek()) {
    case 'object': {
      const members: [string, unknown][] = []
      reader.object((name) => {
        members.push([name, readAny(reader)])
      })
      return Object.fromEntries(members)
    }
    case 'array': {
      const values: unknown[] = []
      reader.array(() => {
        values.push(readAny(reader))
      })
      return values
    }
    case 'text':
      return reader.text()
    case 'number':
      return reader.number()
    default:
      reader.skip()
      return undefined
  }
}

const withoutLiterals = fc
  .jsonValue()
  .map((value) =>
    JSON.parse(JSON.stringify(value), (_, entry) =>
      typeof entry === 'boolean' || entry === null ? 0 : entry,
    ),
  )

describe('what JSON.parse reads', () => {
  test('is read the same', () => {
    fc.assert(
      fc.property(withoutLiterals, fc.constantFrom(undefined, 2), (value, indent) => {
        const reader = readerOf(JSON.stringify(value, null, indent))
        expect(readAny(reader)).toEqual(value)
        reader.end()
      }),
    )
  })

  test('is passed over as a whole', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const reader = readerOf(`${JSON.stringify(value)} `)
        reader.skip()
        reader.end()
      }),
    )
  })

  test('can be read again after it was passed over', () => {
    const reader = readerOf('[[1, 2], 3]')
    reader.array((index) => {
      if (index > 0) return reader.skip()
      const { offset } = reader
      reader.skip()
      reader.seek(offset)
      expect([...reader.floats()]).toEqual([1, 2])
    })
  })
})

test('numbers may be bare NaN and Infinity', () => {
  const reader = readerOf('[NaN, Infinity, -Infinity, 1E0]')
  expect([...reader.doubles()]).toEqual([
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    1,
  ])
})

test('NaN within a text stays text', () => {
  expect(readerOf('"a: NaN, \\"b\\": Infinity"').text()).toBe('a: NaN, "b": Infinity')
})

test('flags may be numbers or truth values', () => {
  expect([...readerOf('[0, 1, true, false]').flags()]).toEqual([0, 1, 1, 0])
})

const skip = (reader: JsonReader) => reader.skip()

test.each([
  ['', skip, 0],
  ['{"a" 1}', skip, 5],
  ['[1, 2', skip, 5],
  ['[1 2]', skip, 3],
  ['"abc', skip, 4],
  ['nul', skip, 0],
  ['[1,,2]', skip, 3],
  ['{"a":1,}', skip, 7],
  [`${'['.repeat(200)}`, skip, 65],
  ['[1, x]', (reader: JsonReader) => reader.floats(), 4],
  ['[1, [2]]', (reader: JsonReader) => reader.floats(), 4],
  ['[1.5]', (reader: JsonReader) => reader.integers(), 1],
  ['[3000000000]', (reader: JsonReader) => reader.integers(), 1],
  ['[2]', (reader: JsonReader) => reader.flags(), 1],
  ['[1', (reader: JsonReader) => reader.floats(), 2],
  ['"\\x"', (reader: JsonReader) => reader.text(), 1],
  ['1 2', (reader: JsonReader) => [reader.number(), reader.end()], 2],
])('%j is refused at the byte where it is wrong', (text, read, offset) => {
  expect(errorOf(() => read(readerOf(text))).facts.offset).toBe(offset)
})

test('text that is not UTF-8 is refused', () => {
  const error = errorOf(() => new JsonReader(Uint8Array.of(34, 0xff, 34)).text())
  expect(error.message).toContain('UTF-8')
})
