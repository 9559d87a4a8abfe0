import { describe, expect, it } from 'vitest'
import { camelCaseKeys } from '../../test/camel-case.ts'
import reference from '../../test/reference/splits.json' with { type: 'json' }
import { ModelError } from '../errors.ts'
import { Frame } from '../frame/frame.ts'
import { Matrix } from '../matrix.ts'
import { type TrainTestSplitOptions, trainTestIndices, trainTestSplit } from './train-test-split.ts'

describe('trainTestIndices', () => {
  it.each(reference.trainTest)(
    "takes scikit-learn's rows of $n for $kwargs, stratified by $stratify",
    ({ n, kwargs, stratify, train, test }) => {
      const split = trainTestIndices(n, { ...camelCaseKeys(kwargs), stratify })
      expect([...split.train]).toEqual(train)
      expect([...split.test]).toEqual(test)
    },
  )

  it('stratifies half a million rows', () => {
    const stratify = Array.from({ length: 500_000 }, (_, i) => i % 2)
    const { train, test } = trainTestIndices(500_000, { stratify, randomState: 0 })
    expect([train.length, test.length]).toEqual([375_000, 125_000])
  })

  it.each<[TrainTestSplitOptions, string]>([
    [{ testSize: 0 }, 'testSize is 0; expected a share between 0 and 1, or from 1 to 9 rows'],
    [{ testSize: 10 }, 'testSize is 10'],
    [{ trainSize: 2.5 }, 'trainSize is 2.5'],
    [{ testSize: 0.5, trainSize: 0.6 }, '6 rows to train on and 5 to test on'],
    [{ trainSize: 0.01 }, '0 rows to train on'],
    [{ shuffle: false, stratify: [] }, 'stratify needs shuffle'],
    [{ stratify: [1, 2] }, 'stratify has 2 labels; expected one for each of 10 rows'],
    [{ stratify: [1, 1, 1, 1, 1, 1, 1, 1, 1, 'x'] }, 'stratify[9] is a string'],
    [{ stratify: [1, 1, 1, 1, 1, 1, 1, 1, 1, 2] }, 'class 2 has 1 row'],
    [{ stratify: [1, 1, 2, 2, 3, 3, 3, 3, 3, 3], testSize: 2 }, 'expected at least 3 of each'],
  ])('refuses %o for 10 rows', (options, message) => {
    const split = () => trainTestIndices(10, options)
    expect(split).toThrow(ModelError)
    expect(split).toThrow(message)
  })
})

describe('trainTestSplit', () => {
  const X = [[1], [2], [3], [4]]
  const y = ['a', 'b', 'c', 'd']

  it('keeps rows and labels together', () => {
    const { XTrain, XTest, yTrain, yTest } = trainTestSplit(X, y, { randomState: 1 })
    const pairs = [...XTrain, ...XTest].map(([x], i) => [x, [...yTrain, ...yTest][i]])
    expect(pairs.toSorted()).toEqual([
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
      [4, 'd'],
    ])
    expect(yTest).toHaveLength(1)
  })

  it('divides a matrix into matrices of the same rows', () => {
    const rows = trainTestSplit(X, y, { randomState: 1 })
    const matrices = trainTestSplit(Matrix.fromRows(X), y, { randomState: 1 })
    expect(matrices.XTrain.toRows()).toEqual(rows.XTrain)
    expect(matrices.XTest.toRows()).toEqual(rows.XTest)
  })

  it('divides a table with named columns into tables', () => {
    const table = new Frame({ x: [1, 2, 3, 4], colour: ['red', null, 'blue', 'red'] })
    const rows = trainTestSplit(X, y, { randomState: 1 })
    const { XTrain, XTest } = trainTestSplit(table, y, { randomState: 1 })
    expect(XTrain.column('x')).toEqual(Float64Array.from(rows.XTrain.flat()))
    expect(XTest.column('colour')).toHaveLength(1)
    expect(XTest.names).toEqual(['x', 'colour'])
  })

  it('refuses labels of another number than rows', () => {
    expect(() => trainTestSplit(X, ['a'])).toThrow('X has 4 rows and y 1; expected as many')
  })
})
