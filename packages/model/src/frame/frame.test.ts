import { describe, expect, test } from 'vitest'
import { Frame, type FrameColumns } from './frame.ts'
import { TextColumn } from './text-column.ts'

describe('Frame', () => {
  const X = new Frame({ age: [22, null, 35], sex: ['male', 'female', null] })

  test('has a column of numbers, NaN where one is missing, for numbers', () => {
    expect(X.column('age')).toEqual(Float64Array.of(22, Number.NaN, 35))
  })

  test('has each different text of a column once', () => {
    const sex = X.column('sex')
    expect(sex).toEqual(new TextColumn(Int32Array.of(0, 1, -1), ['male', 'female']))
  })

  test('takes typed arrays without copying them', () => {
    const numbers = Float64Array.of(1, 2)
    expect(new Frame([['a', numbers]]).column('a')).toBe(numbers)
  })

  test('keeps the order of pairs, where an object would put whole numbers first', () => {
    const pairs = new Frame([
      ['b', [1]],
      ['1', [2]],
    ])
    expect(pairs.names).toEqual(['b', '1'])
    expect(new Frame({ b: [1], 1: [2] }).names).toEqual(['1', 'b'])
  })

  test('is made of records', () => {
    const records = Frame.fromRecords([
      { age: 22, sex: null },
      { age: null, sex: 'female' },
    ])
    expect(records.column('sex')).toEqual(TextColumn.from([null, 'female']))
    expect(records.column('age')).toEqual(Float64Array.of(22, Number.NaN))
  })

  test('selects columns by name', () => {
    expect(X.select(['sex']).names).toEqual(['sex'])
    expect(() => X.select(['Sex'])).toThrow('the table has no column "Sex"; expected "sex"')
    expect(() => X.column('height')).toThrow('expected one of "age", "sex"')
  })

  test.each<[FrameColumns, string]>([
    [{ a: [1], b: [1, 2] }, 'column "b" has 2 rows; expected 1, as in column "a"'],
    [{ a: [1, Number.POSITIVE_INFINITY] }, 'column "a" is Infinity in row 1; expected a finite'],
    [{ a: [1, 'x'] as number[] }, 'column "a" is "x" in row 1; expected a finite number, or null'],
    [{ a: ['x', 1] as string[] }, 'column "a" is 1 in row 1; expected text, or null'],
    [{ ' a': [1] }, 'the names of the columns[0], " a", has a blank at its beginning or end'],
  ])('refuses %j', (columns, message) => {
    expect(() => new Frame(columns)).toThrow(message)
  })

  test('refuses records of which one has a member less', () => {
    const records = [{ a: 1, b: 2 }, { a: 1 }] as { a: number; b: number }[]
    expect(() => Frame.fromRecords(records)).toThrow('row 1 has no "b"; expected the same members')
  })
})
