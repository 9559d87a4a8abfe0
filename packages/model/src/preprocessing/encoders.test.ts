import { describe, expect, test } from 'vitest'
import { Frame } from '../frame/frame.ts'
import { FittedOneHotEncoder } from './fitted-one-hot-encoder.ts'
import { OneHotEncoder } from './one-hot-encoder.ts'
import { OrdinalEncoder } from './ordinal-encoder.ts'

const X = new Frame({ colour: ['red', 'blue', 'red', null], size: [1, 2, 2, 1] })

describe('OneHotEncoder', () => {
  test('gives a column to each category, ascending, a missing one last', () => {
    const encoder = new OneHotEncoder().fit(X)
    expect(encoder.getFeatureNamesOut()).toEqual([
      ...['colour_blue', 'colour_red', 'colour_nan', 'size_1', 'size_2'],
    ])
    expect(encoder.transform(X).toRows()).toEqual([
      [0, 1, 0, 1, 0],
      [1, 0, 0, 0, 1],
      [0, 1, 0, 0, 1],
      [0, 0, 1, 1, 0],
    ])
  })

  test('reports the row, the column and the known categories of an unknown one', () => {
    const encoder = new OneHotEncoder().fit(X)
    const other = new Frame({ colour: ['red', 'green'], size: [1, 1] })
    expect(() => encoder.transform(other)).toThrow(
      '"colour" is "green" in row 1, which the data of the fit did not have; expected one of "blue", "red"',
    )
    expect(() => encoder.transformOne(['red', 7])).toThrow('"size" is 7, which the data of the fit')
  })

  test('groups rare categories, and unknown ones with them if asked', () => {
    const options = { minFrequency: 2, handleUnknown: 'infrequent_if_exist' } as const
    const encoder = new OneHotEncoder(options).fit(X.select(['colour']))
    expect(encoder.getFeatureNamesOut()).toEqual(['colour_red', 'colour_infrequent_sklearn'])
    expect(encoder.infrequentCategories).toEqual([['blue', null]])
    expect(encoder.transformOne(['green'])).toEqual(Float64Array.of(0, 1))
  })

  test('groups all categories where there may be one column only', () => {
    const encoder = new OneHotEncoder({ maxCategories: 1 }).fit(X.select(['colour']))
    expect(encoder.getFeatureNamesOut()).toEqual(['colour_infrequent_sklearn'])
  })

  test('takes a number for a number only', () => {
    const encoder = new OneHotEncoder().fit(X)
    expect(() => encoder.transform(new Frame({ colour: ['red'], size: ['1'] }))).toThrow(
      'column "size" has texts; expected numbers, as in the data of the fit',
    )
  })

  test('takes a column without any value for either kind', () => {
    const encoder = new OneHotEncoder({ handleUnknown: 'ignore' }).fit(X)
    const empty = new Frame({ size: [1], colour: [null] })
    expect(encoder.transform(empty).toRows()).toEqual([[0, 0, 1, 1, 0]])
  })

  test('takes categories that are given, texts in their order', () => {
    const encoder = new OneHotEncoder({
      categories: [
        ['red', 'blue', 'green', null],
        [1, 2],
      ],
    })
    expect(encoder.fit(X).getFeatureNamesOut().slice(0, 3)).toEqual([
      ...['colour_red', 'colour_blue', 'colour_green'],
    ])
    const less = new OneHotEncoder({
      categories: [
        ['red', null],
        [1, 2],
      ],
    })
    expect(() => less.fit(X)).toThrow(
      'column "colour" has "blue", which is not among its categories',
    )
    const unsorted = new OneHotEncoder({ categories: [['red'], [2, 1]], handleUnknown: 'ignore' })
    expect(() => unsorted.fit(X)).toThrow('expected ascending numbers')
  })

  test.each<[object, string]>([
    [{ categories: ['a', 'a'] }, 'columns[0].categories has a category twice'],
    [{ categories: ['a', 1] }, 'columns[0].categories[1] is 1; expected a text, or null'],
    [{ infrequent: [5] }, 'columns[0].infrequent has 5; expected indices from 0 to 1'],
    [{ dropped: 2 }, 'columns[0].dropped has 2; expected indices from 0 to 1'],
  ])('is not read from a file with %j', (members, message) => {
    const column = {
      name: 'a',
      kind: 'text',
      categories: ['a', 'b'],
      infrequent: [],
      dropped: null,
    }
    const stored = { format: 'dsapi-one-hot-encoder', formatVersion: 1, handleUnknown: 'error' }
    expect(() =>
      FittedOneHotEncoder.fromJSON({ ...stored, columns: [{ ...column, ...members }] }),
    ).toThrow(message)
  })
})

describe('OrdinalEncoder', () => {
  test('numbers categories in ascending order, and keeps missing values missing', () => {
    const encoder = new OrdinalEncoder().fit(X)
    expect(encoder.transform(X).toRows()).toEqual([
      [1, 0],
      [0, 1],
      [1, 1],
      [Number.NaN, 0],
    ])
  })

  test('gives unknown and missing values the numbers that it is given for them', () => {
    const options = { unknownValue: -1, encodedMissingValue: -2 }
    const encoder = new OrdinalEncoder({ handleUnknown: 'use_encoded_value', ...options }).fit(X)
    expect(encoder.transformOne(['green', 1])).toEqual(Float64Array.of(-1, 0))
    expect(encoder.transformOne([null, null])).toEqual(Float64Array.of(-2, -1))
  })

  test('gives no unknown value the number of a category', () => {
    const encoder = new OrdinalEncoder({ handleUnknown: 'use_encoded_value', unknownValue: 1 })
    expect(() => encoder.fit(X)).toThrow(
      'unknownValue is 1, the number of a category of column "colour"',
    )
  })

  test('needs a number for unknown values where they are taken', () => {
    expect(() => new OrdinalEncoder({ handleUnknown: 'use_encoded_value' })).toThrow(
      'unknownValue is undefined',
    )
    expect(() => new OrdinalEncoder({ unknownValue: 1 })).toThrow('expected handleUnknown')
  })
})
