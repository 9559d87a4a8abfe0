import { describe, expect, test } from 'vitest'
import { checkFolds } from './check-folds.ts'

describe('checkFolds', () => {
  test.each([
    [['a', 'a', 'b'], 5, /largest class, a, has 2 rows\. Ask for fewer: --folds 2/],
    [['a', 'b', 'c'], 2, /Give more rows of each class/],
    [['no', 'no', 'no', 'yes'], 2, /class yes has only one row.* class no alone/],
  ])('refuses to split %j in %i', (y, folds, message) => {
    expect(() => checkFolds(y, folds)).toThrow(message)
  })

  test('lets a rare one of three classes pass', () => {
    expect(() => checkFolds([0, 0, 1, 1, 2], 2)).not.toThrow()
  })
})
