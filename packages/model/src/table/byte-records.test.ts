import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ModelError } from '../errors.ts'
import { byteRecords } from './byte-records.ts'
import { CsvParser } from './csv-parser.ts'
import { decodeText, encodeText, textEncoder } from './utf8.ts'

interface Read {
  readonly records: readonly (readonly [line: number, fields: readonly string[]])[]
  readonly error: string | undefined
}

type Records = (readonly [number, readonly string[]])[]

const attempt = (read: (records: Records) => void): Read => {
  const records: Records = []
  try {
    read(records)
    return { records, error: undefined }
  } catch (error) {
    if (!(error instanceof ModelError)) throw error
    return { records, error: error.message }
  }
}

const readTexts = (text: string, delimiter: string) =>
  attempt((records) => {
    const parser = new CsvParser(
      ({ line, fields }) => records.push([line, fields.map((field) => field.trim())]),
      { delimiter },
    )
    parser.write(text)
    parser.end()
  })

const readBytes = (text: string, delimiter: string, pieceLength: number) =>
  attempt((records) => {
    const parser = byteRecords(({ line, nFields, bytes, starts, ends }) => {
      const fields = Array.from({ length: nFields }, (_, j) =>
        decodeText(bytes, starts[j], ends[j]),
      )
      records.push([line, fields])
    }, delimiter)
    const bytes = encodeText(text)
    for (let i = 0; i < bytes.length; i += pieceLength) {
      parser.write(bytes.slice(i, i + pieceLength))
    }
    parser.end()
  })

describe('records of bytes', () => {
  const delimiters = fc.constantFrom(',', ';', '\t', ' ', '|', '§')
  const pieceLength = fc.integer({ min: 1, max: 40 })

  test('are those of the text, however it is cut into pieces', () => {
    const character = fc.constantFrom(...',;\t |§"""\r\n\n  ab1é\u00a0\ufeff€\v')
    fc.assert(
      fc.property(
        ...[fc.string({ unit: character, maxLength: 60 }), delimiters, pieceLength],
        (text, delimiter, length) => {
          expect(readBytes(text, delimiter, length)).toEqual(readTexts(text, delimiter))
        },
      ),
      { numRuns: 3000 },
    )
  })

  test('are those of rows whose fields are quoted where they must be', () => {
    const field = fc
      .string({ unit: fc.constantFrom(...'ab",\n\r é'), maxLength: 8 })
      .map((text) => `"${text.replaceAll('"', '""')}"`)
    const rows = fc.array(fc.array(field, { minLength: 1, maxLength: 5 }), { maxLength: 6 })
    fc.assert(
      fc.property(rows, pieceLength, (lines, length) => {
        const text = lines.map((fields) => fields.join(',')).join('\n')
        const read = readBytes(text, ',', length)
        expect(read.error).toBeUndefined()
        expect(read).toEqual(readTexts(text, ','))
      }),
    )
  })

  test('are found in a time that grows with the text, where a quote is never closed', () => {
    const text = `"${'a'.repeat(3_000_000)}`
    expect(readBytes(text, ',', 1000).error).toContain('is never closed')
  })
})

test('a text that is cut within a character is encoded as a whole', () => {
  const encode = textEncoder()
  const [first, second] = '😀'.split('')
  const pieces = ['a', first, second, 'b', ''].map(encode)
  expect(Buffer.concat(pieces).toString()).toBe('a😀b')
})
