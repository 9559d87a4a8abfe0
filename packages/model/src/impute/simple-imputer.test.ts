import { describe, expect, test } from 'vitest'
import { Frame } from '../frame/frame.ts'
import { FittedSimpleImputer } from './fitted-simple-imputer.ts'
import { SimpleImputer, type SimpleImputerOptions } from './simple-imputer.ts'

const X = new Frame({
  age: [20, null, 30, 71],
  town: ['b', 'a', null, null],
  none: [null, null, null, null],
})

describe('SimpleImputer', () => {
  test.each<[SimpleImputerOptions, unknown[]]>([
    [{ strategy: 'most_frequent' }, [20, 'a', null]],
    [{ strategy: 'constant' }, [0, 'missing_value', 0]],
  ])('%j fills columns by %j', (options, statistics) => {
    expect(new SimpleImputer(options).fit(X).statistics).toEqual(statistics)
  })

  test('fills by the mean unless it is asked for another', () => {
    const numbers = X.select(['age'])
    expect(new SimpleImputer().fit(numbers).statistics[0]).toBeCloseTo(121 / 3, 12)
    expect(new SimpleImputer({ strategy: 'median' }).fit(numbers).statistics).toEqual([30])
  })

  test('leaves out a column that had no value', () => {
    const fitted = new SimpleImputer({ strategy: 'most_frequent' }).fit(X)
    expect(fitted.getFeatureNamesOut()).toEqual(['age', 'town'])
    expect(fitted.transform(X).names).toEqual(['age', 'town'])
  })

  test('shows where values were missing, for columns that had missing ones in the fit', () => {
    const imputer = new SimpleImputer({ strategy: 'constant', addIndicator: true })
    const fitted = imputer.fit(new Frame({ a: [1, null], b: [1, 2] }))
    const filled = fitted.transform(new Frame({ a: [null, 5], b: [null, 6] }))
    expect(filled.names).toEqual(['a', 'b', 'missingindicator_a'])
    expect(filled.columns).toEqual(
      [
        [0, 5],
        [0, 6],
        [1, 0],
      ].map((v) => Float64Array.from(v)),
    )
  })

  test('has no mean of texts', () => {
    expect(() => new SimpleImputer().fit(X)).toThrow(
      'column "town" has texts, which have no mean; expected the strategy "most_frequent" or "constant"',
    )
  })

  test('fills texts with texts only', () => {
    const imputer = new SimpleImputer({ strategy: 'constant', fillValue: 1 })
    expect(() => imputer.fit(X)).toThrow('fillValue is 1, and column "town" has texts')
  })
})

describe('a stored imputer', () => {
  const stored = {
    format: 'dsapi-simple-imputer',
    formatVersion: 1,
    strategy: 'mean',
    columns: [{ name: 'a', kind: 'number', fill: 1, hasIndicator: false }],
  }

  test.each<[object, string]>([
    [
      { formatVersion: 2 },
      'formatVersion is 2; expected 1: the file was written by a newer version',
    ],
    [{ strategy: 'mode' }, 'strategy is "mode"; expected one of "mean"'],
    [{ columns: [] }, 'columns is empty'],
    [
      { columns: [{ ...stored.columns[0], fill: 'x' }] },
      'columns[0].fill is "x"; expected a finite',
    ],
    [{ columns: [{ ...stored.columns[0], kind: 'date' }] }, 'columns[0].kind is "date"'],
  ])('is not read with %j', (members, message) => {
    expect(() => FittedSimpleImputer.fromJSON({ ...stored, ...members })).toThrow(message)
  })
})
