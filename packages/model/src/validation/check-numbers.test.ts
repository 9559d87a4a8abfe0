import { describe, expect, test } from 'vitest'
import { ModelError } from '../errors.ts'
import { LogisticRegression } from '../linear-model/logistic-regression.ts'
import { Matrix } from '../matrix.ts'
import { brierScoreLoss } from '../metrics/brier-score-loss.ts'
import { calibrationCurve } from '../metrics/calibration-curve.ts'
import { logLoss } from '../metrics/log-loss.ts'
import {
  createStabilityCounter,
  populationStabilityIndex,
} from '../metrics/population-stability-index.ts'
import { rocAucScore, rocAucScoreOneVsRest } from '../metrics/roc-auc-score.ts'
import { StandardScaler } from '../preprocessing/standard-scaler.ts'

/** What a typed array makes a number of without a word. */
const noNumbers = [
  null,
  undefined,
  '',
  '1',
  false,
  true,
  1n,
  new Date(0),
  [1],
  {},
  Object(1),
  Symbol('1'),
] as unknown as number[]

// biome-ignore lint/suspicious/noSparseArray: a hole is what is tried.
const sparse = [0, , 1] as number[]

const X = [[0], [1], [2], [3]]
const y = [0, 0, 1, 1]
const model = new LogisticRegression().fit(X, y)
const scaler = new StandardScaler().fit(X)

/** Each entrance for numbers, given a value in row 1 of column 0. */
const entrances: Readonly<Record<string, (value: number) => unknown>> = {
  'LogisticRegression.fit': (value) => new LogisticRegression().fit([[0], [value]], [0, 1]),
  sampleWeight: (value) =>
    new LogisticRegression().fit([[0], [1]], [0, 1], { sampleWeight: [1, value] }),
  predict: (value) => model.predict([[0], [value]]),
  predictProba: (value) => model.predictProba([[0], [value]]),
  decisionFunction: (value) => model.decisionFunction([[0], [value]]),
  score: (value) => model.score([[0], [value]], [0, 1]),
  'StandardScaler.fit': (value) => new StandardScaler().fit([[0], [value]]),
  transform: (value) => scaler.transform([[0], [value]]),
  inverseTransform: (value) => scaler.inverseTransform([[0], [value]]),
  'Matrix.fromRows': (value) => Matrix.fromRows([[0], [value]]),
  rocAucScore: (value) => rocAucScore([0, 1], [0, value]),
  brierScoreLoss: (value) => brierScoreLoss([0, 1], [0, value]),
  calibrationCurve: (value) => calibrationCurve([0, 1], [0, value]),
  logLoss: (value) =>
    logLoss(
      [0, 1],
      [
        [0.5, 0.5],
        [value, 0.5],
      ],
    ),
  rocAucScoreOneVsRest: (value) =>
    rocAucScoreOneVsRest(
      [0, 1],
      [
        [0.5, 0.5],
        [value, 0.5],
      ],
    ),
  'populationStabilityIndex, expected': (value) => populationStabilityIndex([0, value], [0, 1]),
  'populationStabilityIndex, actual': (value) => populationStabilityIndex([0, 1], [0, value]),
  createStabilityCounter: (value) => {
    const counter = createStabilityCounter([0, 1])
    counter.add(0)
    counter.add(value)
  },
}

describe.each(Object.entries(entrances))('%s', (_, enter) => {
  test.each(noNumbers.map((value) => [value]))('takes no %o for a number', (value) => {
    expect(() => enter(value)).toThrow(ModelError)
    expect(() => enter(value)).toThrow(/row 1|\[1\]/)
  })
})

test('predictProbaOne takes nothing but numbers, and as many as there are features', () => {
  for (const value of [...noNumbers, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => model.predictProbaOne([value])).toThrow(ModelError)
  }
  expect(() => model.predictProbaOne([])).toThrow('X has 0 columns')
  expect(() => model.predictProbaOne([1, 2])).toThrow('X has 2 columns')
  expect(model.predictProbaOne(Float64Array.of(1.5))).toEqual([0.5, 0.5])
})

test('a hole in a row is no zero', () => {
  expect(() => Matrix.fromRows([sparse])).toThrow(
    'X is undefined in row 0, column 1; expected a finite number',
  )
  expect(() => rocAucScore([0, 1, 1], sparse)).toThrow('scores is undefined in row 1')
})

test('a row or a table that is no array is refused', () => {
  const rows = [[1], '2'] as unknown as number[][]
  expect(() => Matrix.fromRows(rows)).toThrow('row 1 is "2"; expected an array')
  expect(() => Matrix.fromRows([1, 2] as unknown as number[][])).toThrow('row 0 is 1; expected')
  expect(() => Matrix.fromRows('12' as unknown as number[][])).toThrow('X is "12"; expected')
  expect(() => Matrix.fromRows([BigInt64Array.of(1n)] as unknown as number[][])).toThrow(ModelError)
})

test('typed arrays of numbers are rows', () => {
  expect(Matrix.fromRows([Float32Array.of(1), Uint8Array.of(2)]).toRows()).toEqual([[1], [2]])
})

test('a matrix is made of a Float64Array and whole numbers', () => {
  const make = (data: unknown, nRows: unknown, nColumns: unknown) =>
    new Matrix(data as Float64Array, nRows as number, nColumns as number)
  expect(() => make([1], 1, 1)).toThrow('the data of a matrix is [1]; expected a Float64Array')
  expect(() => make(Float64Array.of(1), 0.5, 2)).toThrow('nRows is 0.5; expected a whole number')
  expect(() => make(Float64Array.of(1), '1', 1)).toThrow('nRows is "1"; expected a whole number')
})

test('nothing but text and numbers is a label', () => {
  for (const label of [null, undefined, true, Number.NaN, 1n, new Date(0)]) {
    const labels = [0, label] as number[]
    expect(() => new LogisticRegression().fit([[0], [1]], labels)).toThrow('y[1] is')
    expect(() => model.score([[0], [1]], labels)).toThrow('y[1] is')
  }
  expect(() => new LogisticRegression().fit([[0], [1]], ['', 'a'])).toThrow(
    'the classes of y[0], "", is empty',
  )
})

test('score compares labels of one kind, and at least one', () => {
  expect(() => model.score([[0]], ['0'] as unknown as number[])).toThrow(
    'y has labels such as "0", and the model classes such as 0; expected one kind of label',
  )
  expect(() => model.score([], [])).toThrow('y is empty; expected a label a row')
  expect(model.score(X, y)).toBe(1)
})
