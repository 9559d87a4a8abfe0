import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ModelError } from '../errors.ts'
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

  it('names line and column of a value that is alone in being missing or no number', () => {
    const csv = 'x,age,size,y\n1,2,3,a\n,3,3,a\n4,NA,3,\n5,5,0x10,b\n'
    const error = errorOf(() => readTable(csv, { label: 'y' }))
    expect(error.message.split('\n')).toEqual([
      'line 3, column "x" is missing; expected a number',
      'line 4, column "y" is missing; expected a label',
      'line 4, column "age" is "NA"; expected a number',
      'line 5, column "size" is "0x10"; expected a number',
    ])
    expect(error.code).toBe('invalid_csv')
    expect(error.facts).toEqual({ line: 3, column: 'x', option: 'missingLabels' })
  })

  it('names each column once, with how many of its cells are wrong, an example and what to do', () => {
    const rows = Array.from({ length: 500 }, (_, i) => `Female,${i % 100 ? 1 : ' '},"1,5",TRUE,a`)
    const csv = `sex,charges,price,paid,y\n${rows.join('\n')}\n`
    expect(errorOf(() => readTable(csv, { label: 'y' })).message.split('\n')).toEqual([
      'column "sex": 500 of 500 cells are no decimal numbers (the first, "Female", on line 2); expected numbers: put numbers in their place, or leave the column out',
      'column "charges": 5 of 500 cells are missing (the first on line 2); expected numbers: fill them in, or leave these rows or the column out',
      'column "price": 500 of 500 cells have a decimal comma (the first, "1,5", on line 2); expected numbers: write a decimal point',
      'column "paid": 500 of 500 cells are true or false, yes or no (the first, "TRUE", on line 2); expected numbers: write 1 and 0',
    ])
  })

  it('names both what is missing and what is text in a column', () => {
    const csv = 'x,y\n1,a\nNA,b\nabc,a\n?,b\n'
    expect(errorOf(() => readTable(csv, { label: 'y' })).message).toMatch(
      /^column "x": 2 of 4 cells are missing \(the first, "NA", on line 3\), 1 are no decimal numbers \(the first, "abc", on line 4\)/,
    )
  })

  it('spells out twenty columns and counts the rest', () => {
    const names = Array.from({ length: 45 }, (_, j) => `c${j}`)
    const csv = `${names.join(',')},y\n${`${names.map(() => '?').join(',')},a\n`.repeat(3)}`
    const lines = errorOf(() => readTable(csv, { label: 'y' })).message.split('\n')
    expect(lines).toHaveLength(21)
    expect(lines.at(-1)).toBe('and 25 more columns')
  })

  it('never shows characters that a terminal would obey', () => {
    const csv = 'x\u202e,y\n\u001b[2J\u009b\u0000,1\n'
    const { message } = errorOf(() => readTable(csv, { label: 'y' }))
    expect(message).not.toMatch(/\p{C}/u)
  })

  it.each([
    '',
    'NA',
    'NaN',
    'nan',
    'null',
    'NULL',
    'None',
    'N/A',
    'n/a',
    '#N/A',
    '?',
    '-',
    '<NA>',
    '\\N',
  ])('refuses the label %j, which stands for a missing value, and counts the rows', (marker) => {
    const csv = `x,y\n1,0\n2,1\n3,${marker}\n4, ${marker} \n`
    const error = errorOf(() => readTable(csv, { label: 'y' }))
    expect(error.message).toMatch(
      /^column "y": 2 of 4 labels are missing \(the first.* on line 4\)/,
    )
    expect(error.facts).toEqual({ line: 4, column: 'y', option: 'missingLabels' })
  })

  it('leaves out the rows without a label where that is wanted, whatever else they hold', () => {
    const csv = 'x,y\n1,0\nabc,NA\n3,1\n4,\n'
    const { X, y, nDropped } = readTable(csv, { label: 'y', missingLabels: 'drop' })
    expect({ X: X.toRows(), y, nDropped }).toEqual({ X: [[1], [3]], y: [0, 1], nDropped: 2 })
  })

  it('keeps a word for a missing value as a class where that is wanted, but never an empty one', () => {
    const options = { label: 'country', missingLabels: 'keep' } as const
    expect(readTable('x,country\n1,NA\n2,DE\n', options).y).toEqual(['NA', 'DE'])
    expect(errorOf(() => readTable('x,country\n1,NA\n2,\n', options)).message).toContain('line 3')
  })

  it('refuses a table that has no label at all', () => {
    const options = { label: 'y', missingLabels: 'drop' } as const
    expect(errorOf(() => readTable('x,y\n1,NA\n2,\n', options)).message).toContain('all 2 labels')
  })

  it('refuses to do with missing labels what it does not know', () => {
    const options = { label: 'y', missingLabels: 'ignore' as 'drop' }
    expect(errorOf(() => readTable('x,y\n1,2\n', options)).code).toBe('invalid_option')
  })

  it.each([
    ['all numbers', '5.1,3.5,0\n4.9,3.0,0\n6.2,3.4,1\n', '0'],
    [
      'numbers and the label of a row',
      '5.1,3.5,setosa\n4.9,3.0,setosa\n6.2,3.4,virginica\n',
      'setosa',
    ],
    ['numbers and a label that is in no other row', '5.1,3.5,one\n4.9,3.0,setosa\n', 'one'],
    ['numbers that count up, and the label of a row', '1,2,a\n5,6,b\n7,8,a\n', 'a'],
    [
      'a word among numbers, and the label of a row',
      '39,State,>50K\n1,1,>50K\n2,2,<=50K\n',
      '>50K',
    ],
  ])('refuses a first line that looks like a row of data: %s', (_, csv, label) => {
    const error = errorOf(() => readTable(csv, { label }))
    expect(error.message).toContain('the first line looks like a row of data')
    expect(error.facts).toEqual({ line: 1, option: 'trustHeader' })
    const trusted = () => readTable(csv, { label, trustHeader: true })
    expect(trusted).not.toThrow(/looks like a row/)
  })

  it.each([
    ['columns that count up from 0', '0,1,2,target\n1,2,3,a\n'],
    ['years among words', 'country_size,1990,1991,target\n1,2,3,a\n'],
    ['years alone', '1990,1991,target\n2,3,a\n'],
    ['words that are also labels', 'x,target\n1,target\n2,other\n'],
  ])('takes %s for names', (_, csv) => {
    expect(readTable(csv, { label: 'target' }).y.length).toBeGreaterThan(0)
  })

  it.each([
    ['', 'the text is empty; expected a header and rows'],
    ['x,y\n', 'no line follows the header'],
    ['x,x,y\n1,2,3\n', 'the header has the name "x" twice'],
    ['x,,y\n1,2,3\n', 'the header has no name for column 2'],
    ['x,z\n1,2\n', 'the header has no column "y" for the labels; its columns are "x", "z"'],
    ['y\n1\n', 'the header has the column "y" only'],
    [
      'x,y\n1,2\n1\n1,2,3\n',
      '2 lines have too few or too many fields (line 3 has 1 field); expected 2',
    ],
    ['x,y\n1,2\n1,2,3\n', 'line 3 has 3 fields; expected 2, as in the header'],
    ['x, Class\n1,2\n', 'no column "y" for the labels; its columns are "x", "Class"'],
    ['x,Y\n1,2\n', 'no column "y" for the labels (did you mean "Y"?)'],
    ['x;y\n1;2\n', 'are the fields separated by another character?'],
    ['5.1,5.1,y\n1,2,3\n', 'Is the first line a row of data?'],
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
  it('refuses what is no stream of text', async () => {
    const read = (pieces: unknown) =>
      readTableFromPieces(pieces as AsyncIterable<string>, { label: 'y' })
    await expect(read(null)).rejects.toThrow('the pieces are null; expected a stream of text')
    await expect(read([Buffer.from('x,y\n')])).rejects.toThrow('expected text')
  })

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
