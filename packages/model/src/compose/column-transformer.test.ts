import { describe, expect, test } from 'vitest'
import { Frame } from '../frame/frame.ts'
import { OneHotEncoder } from '../preprocessing/one-hot-encoder.ts'
import { StandardScaler } from '../preprocessing/standard-scaler.ts'
import { ColumnTransformer } from './column-transformer.ts'

const X = new Frame({ a: [1, 3], b: [5, 6], c: ['x', 'y'] })
const scale = new StandardScaler()

describe('ColumnTransformer', () => {
  test('leaves out other columns, or takes them as they are after all others', () => {
    const dropped = new ColumnTransformer([['num', scale, ['b']]]).fit(X)
    expect(dropped.transform(X).toRows()).toEqual([[-1], [1]])
    expect(dropped.featureNamesIn).toEqual(['b'])
    const parts = [
      ['num', scale, ['b']],
      ['text', 'drop', ['c']],
    ] as const
    const kept = new ColumnTransformer(parts, { remainder: 'passthrough' }).fit(X)
    expect(kept.getFeatureNamesOut()).toEqual(['num__b', 'remainder__a'])
    expect(kept.transform(X).toRows()).toEqual([
      [-1, 1],
      [1, 3],
    ])
  })

  test('gives a column to several transformers', () => {
    const both = new ColumnTransformer([
      ['s', scale, ['a']],
      ['o', new OneHotEncoder(), ['a']],
    ]).fit(X)
    expect(both.getFeatureNamesOut()).toEqual(['s__a', 'o__a_1', 'o__a_3'])
    expect(both.transformOne([3])).toEqual(Float64Array.of(1, 0, 1))
  })

  test('leaves its names out of those of the columns, unless two are the same then', () => {
    const options = { verboseFeatureNamesOut: false }
    const plain = new ColumnTransformer([['s', scale, ['a']]], options).fit(X)
    expect(plain.getFeatureNamesOut()).toEqual(['a'])
    const twice = new ColumnTransformer(
      [
        ['s', scale, ['a']],
        ['t', 'passthrough', ['a']],
      ],
      options,
    )
    expect(() => twice.fit(X)).toThrow('two columns of the result are called "a"; expected verbose')
  })

  test('refuses a column that stays text, and one that is not there', () => {
    const text = new ColumnTransformer([['all', 'passthrough', ['c']]])
    expect(() => text.fit(X)).toThrow('column "c" stays text; expected an encoder for it')
    const missing = new ColumnTransformer([['num', scale, ['A']]])
    expect(() => missing.fit(X)).toThrow('the table has no column "A"; expected "a"')
  })
})
