import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ModelError } from '../errors.ts'
import { TextColumn } from '../frame/text-column.ts'
import type { ColumnChoice } from './column-choice.ts'
import { detectFormat } from './detect-format.ts'
import type { LabelledTableOptions } from './labelled-table.ts'
import { readLabelledTable } from './read-labelled-table.ts'

const read = (
  text: string,
  options: Partial<LabelledTableOptions> & { hasHeader?: boolean } = {},
) => {
  const { hasHeader, ...others } = options
  const { label = 'y' } = others
  const format = detectFormat(text, { label, hasHeader, isWhole: true })
  return readLabelledTable([text.slice(format.preamble)], format, { label, ...others })
}

const refusal = async (text: string, options?: Parameters<typeof read>[1]): Promise<ModelError> => {
  const error = await read(text, options).catch((thrown: unknown) => thrown)
  if (error instanceof ModelError) return error
  throw new Error('expected a ModelError')
}

/** The cells of a column, as a program would write them down. */
const cellsOf = ({ use }: ColumnChoice) => {
  if (use.type !== 'number' && use.type !== 'categories') return use
  const { column } = use
  return column instanceof TextColumn
    ? Array.from({ length: column.length }, (_, row) => column.at(row))
    : Array.from(column)
}

const columnOf = async (cells: readonly string[], options?: Parameters<typeof read>[1]) => {
  const rows = cells.map((cell, i) => `${cell};${i};${i % 2}`)
  const { columns } = await read(`x;other;y\n${rows.join('\n')}\n`, options)
  return columns[0]
}

const times = (n: number, cells: readonly string[]) => Array.from({ length: n }, () => cells).flat()

describe('readLabelledTable', () => {
  test.each<[string, readonly string[], string, unknown]>([
    ['numbers', ['1', ' 2.5 ', '-3e2'], 'number', [1, 2.5, -300]],
    ['missing numbers', ['1', 'NA', '?', ' ', 'None', '2'], 'number', [1, NaN, NaN, NaN, NaN, 2]],
    ['a decimal comma', ['1,5', '-2', '1.234,5'], 'number', [1.5, -2, 1234.5]],
    ['quotes with blanks around', [' "1" ', '2'], 'number', [1, 2]],
    ['booleans', ['True', 'FALSE', '', 'true'], 'boolean', [1, 0, NaN, 1]],
    ['dates', ['1970-01-02', '1970-01-03T12:00', '?'], 'date', [1, 2.5, NaN]],
    ['dates with the day first', ['13.01.1970', '01.02.1970'], 'date', [12, 31]],
    ['dates with the month first', ['01/13/1970', '02/01/1970'], 'date', [12, 31]],
    ['texts', ['red', 'blue', 'NA', 'red', ' '], 'category', ['red', 'blue', null, 'red', null]],
    [
      'words that are values among texts',
      ['none', 'red', 'none'],
      'category',
      ['none', 'red', 'none'],
    ],
    ['numbers with zeros before them', ['01', '2', '01'], 'category', ['01', '2', '01']],
    [
      'levels of which one is open',
      times(9, ['0', '1', '2', '3+']),
      'category',
      times(9, ['0', '1', '2', '3+']),
    ],
    [
      'dates that are none',
      ['2026-02-30', '2026-02-28', '2026-02-30'],
      'category',
      ['2026-02-30', '2026-02-28', '2026-02-30'],
    ],
  ])('reads %s', async (_, cells, kind, expected) => {
    const column = await columnOf(cells)
    expect(column.kind).toBe(kind)
    expect(cellsOf(column)).toEqual(expected)
  })

  test('takes commas in numbers for thousands where commas separate fields', async () => {
    const { columns } = await read('x,z,y\n"1,234",1,a\n"2,345.5",2,b\n17,3,a\n')
    expect(cellsOf(columns[0])).toEqual([1234, 2345.5, 17])
  })

  test('reads a column of many different numbers as one of few', async () => {
    const cells = Array.from({ length: 3000 }, (_, i) => (i % 100 === 7 ? 'NA' : `${i * 0.5}`))
    const column = await columnOf(cells)
    expect(column).toMatchObject({ kind: 'number', nMissing: 30, nDistinct: 2970 })
    expect(cellsOf(column)).toEqual(cells.map((cell) => (cell === 'NA' ? NaN : Number(cell))))
    const dates = cells.map((_, i) => new Date(i * 86_400_000).toISOString().slice(0, 10))
    expect(cellsOf(await columnOf(dates))).toEqual(dates.map((_, i) => i))
  })

  test('leaves out ids, names, constants, empty columns and the label once more, with the reason', async () => {
    const rows = Array.from({ length: 40 }, (_, i) =>
      [i, `c-${i}`, `N ${i % 30}`, 'same', '', i % 2 ? 'yes' : 'no', i % 3 ? 'a' : 'b', i % 2].join(
        ',',
      ),
    )
    const { columns } = await read(`,customerID,name,k,e,again,x,y,\n${rows.join(',\n')},\n`)
    const reasons = columns.map(({ name, use }) => [
      name,
      use.type === 'left out' ? use.reason : use.type,
    ])
    expect(reasons).toEqual([
      ['column_1', 'row numbers'],
      ['customerID', 'an id: a text of its own in each row'],
      ['name', 'names: most rows have a text of their own'],
      ['k', 'constant'],
      ['e', 'no values'],
      ['again', 'the label once more'],
      ['x', 'categories'],
      ['y', 'label'],
      ['column_9', 'no values'],
    ])
  })

  test('keeps a constant in a table of numbers alone, and features that are named', async () => {
    const { columns } = await read('a,b,y\n1,7,0\n2,7,1\n3,7,0\n')
    expect(columns.map(({ use }) => use.type)).toEqual(['number', 'number', 'label'])
    const rows = Array.from({ length: 20 }, (_, i) => `${i},${i % 2 ? 'yes' : 'no'},${i % 2}`)
    const named = await read(`id,again,y\n${rows.join('\n')}`, { features: ['id', '2'] })
    expect(named.columns.map(({ use }) => use.type)).toEqual(['number', 'categories', 'label'])
  })

  test('names the columns of a file without a header by their positions', async () => {
    const { columns, label, format } = await read('5.1,red,0\n4.9,blue,1\n4.7,red,0\n', {
      label: 'last',
    })
    expect([format.hasHeader, label]).toEqual([false, 'column_3'])
    expect(columns.map(({ name }) => name)).toEqual(['column_1', 'column_2', 'column_3'])
    expect(columns[0].nDistinct).toBe(3)
  })

  test.each([
    ['y', ['a', 'b']],
    ['3', ['a', 'b']],
    ['-1', ['a', 'b']],
    ['last', ['a', 'b']],
    ['a', ['b', 'y']],
    ['1', ['b', 'y']],
  ])('finds the label %s', async (label, others) => {
    const { columns } = await read('a,b,y\n1,3,0\n2,4,1\n1,3,0\n', { label })
    const features = columns.flatMap(({ name, use }) => (use.type === 'label' ? [] : [name]))
    expect(features).toEqual(others)
  })

  test.each([
    ['0', 'positions are counted from 1'],
    ['4', 'the table has 3 columns, and no column 4'],
    ['B', 'did you mean "b"?'],
  ])('refuses the label %s', async (label, message) => {
    expect((await refusal('a,b,y\n1,3,0\n2,4,1\n', { label })).message).toContain(message)
  })

  test('leaves out and counts rows without a label, unless their words are classes', async () => {
    const text = 'x,y\n1,a\n2,NA\n3,b\n4,\n5,?\n'
    const dropped = await read(text)
    expect(dropped).toMatchObject({ nRows: 2, nDropped: 3, droppedLabels: ['NA', '?'] })
    expect((await read(text, { missingLabels: 'keep' })).labels.toClasses()).toEqual([
      'a',
      'NA',
      'b',
      '?',
    ])
    expect((await refusal(text, { missingLabels: 'refuse' })).facts.option).toBe('missingLabels')
  })

  test('takes a word such as none for a missing label among numbers only', async () => {
    const numbers = await read('x,y\n1,0\n2,none\n3,1\n')
    expect(numbers).toMatchObject({ nRows: 2, nDropped: 1 })
    expect(cellsOf(numbers.columns[0])).toEqual([1, 3])
    expect(numbers.labels.toClasses()).toEqual([0, 1])
    expect((await read('x,y\n1,some\n2,none\n3,some\n')).labels.toClasses()).toEqual([
      'some',
      'none',
      'some',
    ])
  })

  test('has the labels as numbers where all are numbers, however they are written', async () => {
    const { labels } = await read('x;y\n1;1,5\n2;2,5\n')
    expect(Array.from(labels.numbers ?? [])).toEqual([1.5, 2.5])
    expect((await read('x,y\n1,01\n2,1\n')).labels.numbers).toBeUndefined()
  })

  test('takes more words for missing values, and categories that are numbers', async () => {
    expect(cellsOf(await columnOf(['1', '-999', '2'], { missing: ['-999'] }))).toEqual([1, NaN, 2])
    const column = await columnOf(['1', '2', '1', ''], { categorical: ['x'] })
    expect(column.kind).toBe('category')
    expect(cellsOf(column)).toEqual([1, 2, 1, NaN])
  })

  test('has the weights of a column, which is no feature', async () => {
    const { weights, columns } = await read('x,w,y\n1,0.5,a\n2,2,b\n', { weight: 'w' })
    expect(Array.from(weights ?? [])).toEqual([0.5, 2])
    expect(columns[1].use).toEqual({ type: 'weight' })
    expect((await refusal('x,w,y\n1,-1,a\n2,2,b\n', { weight: 'w' })).message).toContain(
      '-1 in row 1',
    )
  })

  test('names each column with a few texts among numbers once', async () => {
    const rows = Array.from(
      { length: 50 },
      (_, i) => `${i === 9 ? 'abc' : i},${i > 46 ? '12 kg' : i},${i % 2}`,
    )
    const { message, facts } = await refusal(`a,b,y\n${rows.join('\n')}`)
    expect(message.split('\n')).toEqual([
      'column "a": 1 of 50 cells is no number (the first, "abc", on line 11); expected numbers, as in the others',
      'column "b": 3 of 50 cells are no numbers (the first, "12 kg", on line 49); expected numbers, as in the others',
    ])
    expect(facts).toMatchObject({ line: 11, column: 'a', option: 'missing' })
    const given = await read(`a,b,y\n${rows.join('\n')}`, { missing: ['abc', '12 kg'] })
    expect(given.columns.map(({ nMissing }) => nMissing)).toEqual([1, 3, 0])
  })

  test('takes separators at the ends of lines, and refuses lines of another length', async () => {
    expect((await read('x,y\n1,a,\n2,b,,\n')).columns).toHaveLength(2)
    const { message } = await refusal('x,z,y\n1,1,a\n2,b\n3,2,1,a\n')
    expect(message).toBe(
      '2 lines have too few or too many fields (line 3 has 2 fields); expected 3, as in the first line',
    )
  })

  test.each([
    ['', 'the text is empty'],
    ['x,y\n', 'no line follows the header'],
    ['x,y\n1,NA\n', 'all 1 labels in column "y" are missing'],
    ['x,y\n1,a\n2,a\n', 'the one label a in all 2 rows; expected at least two classes'],
    ['x,x,y\n1,2,a\n', 'the name "x", which is there twice'],
    ['y\n1\n2\n', 'the table has no column beside the labels'],
    ['x,z,y\ns,,a\ns,,b\n', 'no column is left to learn from: "x" (constant), "z" (no values)'],
  ])('refuses %j', async (text, message) => {
    expect((await refusal(text)).message).toContain(message)
  })

  test('reads 20,000 columns', async () => {
    const names = Array.from({ length: 20_000 }, (_, j) => `c${j}`)
    const row = (i: number) => names.map((_, j) => (i * j) % 7).join(',')
    const text = `${names.join(',')},y\n${[1, 2, 3].map((i) => `${row(i)},${i % 2}`).join('\n')}\n`
    expect((await read(text)).columns).toHaveLength(20_001)
  })

  test('gives a table or a ModelError for any text, with as many cells in each column', async () => {
    const unit = fc.constantFrom(...'",;|\t\n\n\r x1.-?aNT/')
    const cell = fc.constantFrom(
      '1',
      '2,5',
      '',
      'NA',
      'a',
      'True',
      '2026-01-01',
      '"q"',
      '01',
      '-999',
    )
    const lines = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 8 })
    const text = fc.oneof(
      fc.string({ unit, maxLength: 60 }),
      lines.map((rows) => rows.map((fields) => fields.join(';')).join('\n')),
    )
    await fc.assert(
      fc.asyncProperty(text, fc.constantFrom('x', 'last', '1'), async (rows, label) => {
        try {
          const { columns, nRows } = await read(`x;z;w\n${rows}`, { label, missing: ['-999'] })
          for (const column of columns) {
            const cells = cellsOf(column)
            if (Array.isArray(cells)) expect(cells).toHaveLength(nRows)
          }
        } catch (error) {
          if (!(error instanceof ModelError)) throw error
        }
      }),
      { numRuns: 1000 },
    )
  })
})
