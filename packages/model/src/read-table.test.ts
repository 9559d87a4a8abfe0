import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ModelError } from './errors.ts'
import { readTable, readTableFromPieces } from './read-table.ts'

function errorOf(run: () => unknown): ModelError {
  try {
    run()
  } catch (error) {
    if (error instanceof ModelError) return error
  }
  throw new Error('expected a ModelError')
}

describe('readTable', () => {
  it('takes the label column out and reads the others as numbers', () => {
    const csv = ' a ,class,"b"\n1, red ,-2.5e1\n .5,blue,+3.\n'
    const { featureNames, X, y } = readTable(csv, { label: 'class' })
    expect(featureNames).toEqual(['a', 'b'])
    expect(X.toRows()).toEqual([
      [1, -25],
      [0.5, 3],
    ])
    expect(y).toEqual(['red', 'blue'])
  })

  it.each([
    ['1\n0\n1.0', [1, 0, 1]],
    ['1\n0\nx', ['1', '0', 'x']],
    ['"yes"\n"no, thanks"', ['yes', 'no, thanks']],
  ])('reads labels %j as %j', (labels, expected) => {
    const lines = labels.split('\n').map((label) => `${label},1`)
    expect(readTable(`y,x\n${lines.join('\n')}`, { label: 'y' }).y).toEqual(expected)
  })

  it('names line and column of every value that is missing or no number', () => {
    const csv = 'x,age,y\n1,2,a\n,3,a\n4,NA,\n0x10,Infinity,b\n'
    const error = errorOf(() => readTable(csv, { label: 'y' }))
    expect(error.message.split('\n')).toEqual([
      'line 3, column "x" is missing; expected a number',
      'line 4, column "age" is "NA"; expected a number',
      'line 4, column "y" is missing; expected a label',
      'line 5, column "x" is "0x10"; expected a number',
      'line 5, column "age" is "Infinity"; expected a number',
    ])
    expect(error.code).toBe('invalid_csv')
    expect(error.facts).toEqual({ line: 3, column: 'x' })
  })

  it('spells out ten problems and counts the rest', () => {
    const csv = `x,y\n${'?,a\n'.repeat(25)}`
    const lines = errorOf(() => readTable(csv, { label: 'y' })).message.split('\n')
    expect(lines).toHaveLength(11)
    expect(lines.at(-1)).toBe('and 15 more')
  })

  it.each([
    ['', 'the text is empty; expected a header and rows'],
    ['x,y\n', 'no line follows the header'],
    ['x,x,y\n1,2,3\n', 'the header has the name "x" twice'],
    ['x,,y\n1,2,3\n', 'the header has no name for column 2'],
    ['x,z\n1,2\n', 'the header has no column "y" for the labels; its columns are "x", "z"'],
    ['y\n1\n', 'the header has the column "y" only'],
    ['x,y\n1,2\n1\n1,2,3\n', 'line 3 has 1 fields; expected 2, as in the header\nline 4 has 3'],
    [`x,y\n${'z'.repeat(50)},1\n`, `column "x" is "${'z'.repeat(40)}…"; expected`],
    ['x,y\n"1,2\n', 'the quote on line 2 is never closed'],
  ])('refuses %j', (csv, message) => {
    expect(errorOf(() => readTable(csv, { label: 'y' })).message).toContain(message)
  })

  it('reads back any table of doubles that was written', () => {
    const row = fc.tuple(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer(),
    )
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), (rows) => {
        const csv = `a,b,y\n${rows.map((values) => values.join(',')).join('\n')}`
        const { X, y } = readTable(csv, { label: 'y' })
        expect(X.toRows()).toEqual(rows.map(([a, b]) => [a + 0, b + 0]))
        expect(y).toEqual(rows.map(([, , label]) => label))
      }),
    )
  })

  it('gives a table or a ModelError for any text', () => {
    const text = fc.string({ unit: fc.constantFrom('"', ',', '\n', 'x', 'y', '1', ' ', '\r') })
    fc.assert(
      fc.property(fc.oneof(text, fc.string()), (rows) => {
        try {
          readTable(`x,y\n${rows}`, { label: 'y' })
        } catch (error) {
          expect(error).toBeInstanceOf(ModelError)
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('readTableFromPieces', () => {
  it('reads the table of a text that comes in pieces', async () => {
    async function* pieces() {
      yield 'x,"cl'
      yield 'ass"\r'
      yield '\n1.5,a\n2'
      yield '5,b'
    }
    const { featureNames, X, y } = await readTableFromPieces(pieces(), { label: 'class' })
    expect(featureNames).toEqual(['x'])
    expect(X.toRows()).toEqual([[1.5], [25]])
    expect(y).toEqual(['a', 'b'])
  })
})
