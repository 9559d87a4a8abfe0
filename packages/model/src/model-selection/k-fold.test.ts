import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { camelCaseKeys } from '../../test/camel-case.ts'
import reference from '../../test/reference/splits.json' with { type: 'json' }
import { ModelError } from '../errors.ts'
import { kFold, stratifiedKFold } from './k-fold.ts'

describe('kFold', () => {
  it.each(reference.kFold)("has scikit-learn's folds of $n rows for $kwargs", (expected) => {
    const splits = kFold(expected.n, camelCaseKeys(expected.kwargs))
    expect(splits.map(({ test }) => [...test])).toEqual(expected.tests)
  })

  it('tests on each row once and trains on all others', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 50 }),
        fc.integer({ min: 2, max: 50 }),
        fc.boolean(),
        (nRows, nSplits, shuffle) => {
          fc.pre(nSplits <= nRows)
          const splits = kFold(nRows, { nSplits, shuffle })
          const rows = Array.from({ length: nRows }, (_, row) => row)
          expect(splits.flatMap(({ test }) => [...test]).toSorted((a, b) => a - b)).toEqual(rows)
          for (const { train, test } of splits) {
            expect([...train, ...test].toSorted((a, b) => a - b)).toEqual(rows)
          }
        },
      ),
    )
  })

  it.each([1, 2.5, 11])('refuses %d splits of 10 rows', (nSplits) => {
    const split = () => kFold(10, { nSplits })
    expect(split).toThrow(ModelError)
    expect(split).toThrow('expected an integer from 2 to 10')
  })
})

describe('stratifiedKFold', () => {
  it.each(reference.stratifiedKFold)(
    "has scikit-learn's folds of $y for $kwargs",
    ({ y, kwargs, tests }) => {
      const splits = stratifiedKFold(y, camelCaseKeys(kwargs))
      expect(splits.map(({ test }) => [...test])).toEqual(tests)
    },
  )

  it('refuses more splits than the largest class has rows', () => {
    expect(() => stratifiedKFold([0, 0, 0, 1, 1], { nSplits: 4 })).toThrow(
      'nSplits is 4; expected an integer from 2 to 3, the number of rows in the largest class',
    )
  })

  it('takes more classes than a function takes arguments', () => {
    const y = Array.from({ length: 400_000 }, (_, i) => i >> 1)
    expect(stratifiedKFold(y, { nSplits: 2 })[0].test.length).toBe(200_000)
  })
})
