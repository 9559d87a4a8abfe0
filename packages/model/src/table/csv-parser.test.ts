import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ModelError } from '../errors.ts'
import { CsvParser, type CsvRecord } from './csv-parser.ts'
import { readCsv } from './read-csv.ts'

/** Characters that mean something in a CSV text, and some that do not. */
const text = fc.string({
  unit: fc.constantFrom('"', ',', '\n', '\r', ' ', 'a', 'é', '\u{1f600}', '\ufeff', '1', ''),
})

/** Writes records as RFC 4180 does, every field in quotes. */
function writeQuoted(records: readonly (readonly string[])[], lineEnd: string): string {
  const quote = (field: string) => `"${field.replaceAll('"', '""')}"`
  return records.map((fields) => fields.map(quote).join(',') + lineEnd).join('')
}

function readInPieces(pieces: readonly string[]): CsvRecord[] {
  const records: CsvRecord[] = []
  const parser = new CsvParser((record) => records.push(record))
  for (const piece of pieces) parser.write(piece)
  parser.end()
  return records
}

describe('readCsv', () => {
  it.each([
    [
      'plain fields',
      'a,b\nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a last line without an end', 'a\nb', [['a'], ['b']]],
    [
      'CRLF',
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['CR', 'a\rb\r', [['a'], ['b']]],
    [
      'empty fields',
      ',\na,\n,b\n',
      [
        ['', ''],
        ['a', ''],
        ['', 'b'],
      ],
    ],
    ['empty lines, which are passed over', '\na\n\n\r\nb\n\n', [['a'], ['b']]],
    ['quoted delimiters and line ends', '"a,b","c\r\nd"\n', [['a,b', 'c\r\nd']]],
    ['doubled quotes', '"a""b",""""\n', [['a"b', '"']]],
    ['an empty field in quotes', '""\n', [['']]],
    ['a quote inside a plain field', 'a"b",c\n', [['a"b"', 'c']]],
    ['a byte order mark', '\ufeff"a"\n', [['a']]],
    ['nothing', '', []],
    ['blanks around quotes', 'a, "b" ,\t"c, d"\t\n', [['a', 'b', 'c, d']]],
    ['blanks without quotes', ' a , b c \n', [[' a ', ' b c ']]],
    ['a quote after blanks and text', ' a "b"\n', [[' a "b"']]],
    ['lines of white space', 'a\n \t \nb\n  ', [['a'], ['b']]],
    ['fields of white space', ' , \n', [[' ', ' ']]],
  ])('reads %s', (_, csv, expected) => {
    expect(readCsv(csv).map(({ fields }) => fields)).toEqual(expected)
  })

  it('counts lines, also those inside quotes', () => {
    const csv = 'a\n\n"b\r\nb\rb\nb"\r\nc\n'
    expect(readCsv(csv).map(({ line }) => line)).toEqual([1, 3, 7])
  })

  it('takes no blank for a blank where it is the delimiter', () => {
    expect(readCsv('a\t "b"\t\n', { delimiter: '\t' })[0].fields).toEqual(['a', 'b', ''])
    expect(readCsv('\t\n', { delimiter: '\t' })[0].fields).toEqual(['', ''])
  })

  it('refuses what is no text', () => {
    expect(() => readCsv(Buffer.from('a') as unknown as string)).toThrow('expected text')
  })

  it('takes another delimiter', () => {
    const fields = readCsv('a;"b;c";1,5', { delimiter: ';' })[0].fields
    expect(fields).toEqual(['a', 'b;c', '1,5'])
  })

  it.each(['', ',,', '"', '\n'])('refuses the delimiter %j', (delimiter) => {
    expect(() => readCsv('a', { delimiter })).toThrow('expected one character')
  })

  it('says on which line a quote was opened and never closed', () => {
    expect(() => readCsv('a\n"b\nc\n')).toThrow('the quote on line 2 is never closed')
  })

  it('says on which line something follows a closing quote', () => {
    expect(() => readCsv('a\n"b" c\n')).toThrow('line 2 has "c" after a closing quote')
    expect(() => readCsv('a\n"b" "c"\n')).toThrow('line 2 has "\\"" after a closing quote')
  })

  it('reads back what was written', () => {
    const records = fc.array(fc.array(text, { minLength: 1 }))
    fc.assert(
      fc.property(records, fc.constantFrom('\n', '\r\n', '\r'), (written, lineEnd) => {
        const read = readCsv(writeQuoted(written, lineEnd))
        expect(read.map(({ fields }) => fields)).toEqual(written)
      }),
    )
  })

  it('gives records or a ModelError for any text, the same however it is cut in pieces', () => {
    const outcome = (read: () => CsvRecord[]) => {
      try {
        return read()
      } catch (error) {
        expect(error).toBeInstanceOf(ModelError)
        return String(error)
      }
    }
    fc.assert(
      fc.property(fc.array(fc.oneof(text, fc.string())), (pieces) => {
        const whole = outcome(() => readCsv(pieces.join('')))
        expect(outcome(() => readInPieces(pieces))).toEqual(whole)
        expect(outcome(() => readInPieces(pieces.join('').split('')))).toEqual(whole)
      }),
      { numRuns: 500 },
    )
  })
})
