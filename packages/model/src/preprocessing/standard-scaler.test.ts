import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import reference from '../../test/reference/metrics.json' with { type: 'json' }
import { Matrix } from '../matrix.ts'
import { FittedStandardScaler } from './fitted-standard-scaler.ts'
import { StandardScaler } from './standard-scaler.ts'

describe('StandardScaler', () => {
  it.each(reference.scaler)("scales as scikit-learn's: $X", ({ X, mean, scale, transformed }) => {
    const scaler = new StandardScaler().fit(X)
    for (const [j, value] of mean.entries()) {
      expect(scaler.mean[j] / (value || 1)).toBeCloseTo(value === 0 ? 0 : 1, 12)
      expect(scaler.scale[j] / scale[j]).toBeCloseTo(1, 9)
    }
    for (const [i, row] of scaler.transform(X).entries()) {
      for (const [j, value] of row.entries()) expect(value).toBeCloseTo(transformed[i][j], 6)
    }
  })

  it('gives a matrix for a matrix', () => {
    const X = [
      [1, 2],
      [3, 5],
    ]
    const scaler = new StandardScaler().fit(Matrix.fromRows(X))
    expect(scaler.transform(Matrix.fromRows(X)).toRows()).toEqual(scaler.transform(X))
  })

  it('gives back what it scaled', () => {
    const row = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
      minLength: 2,
      maxLength: 2,
    })
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), (X) => {
        const scaler = new StandardScaler().fit(X)
        const back = scaler.inverseTransform(scaler.transform(X))
        for (const [i, values] of X.entries()) {
          for (const [j, value] of values.entries()) expect(back[i][j]).toBeCloseTo(value, 6)
        }
      }),
    )
  })

  it('leaves a constant column at zero', () => {
    expect(new StandardScaler().fit([[0.1], [0.1], [0.1]]).transform([[0.1]])).toEqual([[0]])
  })

  it.each<[number[][], string]>([
    [[], 'X has 0 rows'],
    [[[1, 2], [3]], 'row 1 has 1 columns; expected 2'],
    [[[1], [Number.NaN]], 'X is NaN in row 1, column 0'],
  ])('refuses to learn from %o', (X, message) => {
    expect(() => new StandardScaler().fit(X)).toThrow(message)
  })

  it('refuses to scale other columns than it learned from', () => {
    expect(() => new StandardScaler().fit([[1, 2]]).transform([[1]])).toThrow(
      'X has 1 columns; expected 2, as in the data of the fit',
    )
  })
})

describe('a fitted scaler', () => {
  const X = [
    [1, 1e-8],
    [2, 3e8],
    [4, 7],
  ]

  it('comes back from JSON with every double', () => {
    const scaler = new StandardScaler().fit(X)
    const reread = FittedStandardScaler.fromJSON(JSON.parse(JSON.stringify(scaler)))
    expect(reread).toEqual(scaler)
    expect(reread.transform(X)).toEqual(scaler.transform(X))
  })

  it.each<[unknown, string]>([
    [null, 'the scaler is null; expected an object'],
    [{ mean: [0], scale: [1] }, 'format is missing; expected one of "dsapi-standard-scaler"'],
    [
      { format: 'dsapi-standard-scaler', formatVersion: 2, mean: [0], scale: [1] },
      'formatVersion is 2; expected 1',
    ],
    [
      { format: 'dsapi-standard-scaler', formatVersion: 1, mean: [null], scale: [1] },
      'mean[0] is null; expected a finite number',
    ],
    [
      { format: 'dsapi-standard-scaler', formatVersion: 1, mean: [0, 1], scale: [1] },
      'mean has 2 numbers and scale 1',
    ],
    [
      { format: 'dsapi-standard-scaler', formatVersion: 1, mean: [0], scale: [0] },
      'scale[0] is 0; expected above 0',
    ],
  ])('is not read from %j', (json, message) => {
    expect(() => FittedStandardScaler.fromJSON(json)).toThrow(message)
  })

  it('is refused where its numbers are no doubles, which JSON would not keep', () => {
    expect(() => new StandardScaler().fit([[1e308], [-1e308]])).toThrow('column 0 is too large')
  })
})
