import { describe, expect, test } from 'vitest'
import { Matrix } from '../matrix.ts'
import { LogisticRegressionModel } from './logistic-regression-model.ts'

const binary = new LogisticRegressionModel({
  classes: ['no', 'yes'],
  coef: [[2, -1]],
  intercept: [0.5],
})

const ternary = new LogisticRegressionModel({
  classes: [0, 1, 2],
  coef: [[1], [0], [-1]],
  intercept: [0, 0.5, 0],
})

describe('a fitted model', () => {
  test('scores two classes with one number a row, the log-odds of the second', () => {
    expect(
      binary.decisionFunction([
        [1, 0],
        [0, 1],
      ]),
    ).toEqual([2.5, -0.5])
  })

  test('scores more classes with one number a class', () => {
    expect(ternary.decisionFunction([[2]])).toEqual([[2, 0.5, -2]])
  })

  test('gives probabilities in the order of the classes', () => {
    const [[no, yes]] = binary.predictProba([[1, 0]])
    expect(yes).toBeCloseTo(1 / (1 + Math.exp(-2.5)), 15)
    expect(no + yes).toBe(1)
    const sum = Math.exp(2) + Math.exp(0.5) + Math.exp(-2)
    expect(ternary.predictProba([[2]])[0][0]).toBeCloseTo(Math.exp(2) / sum, 15)
  })

  test('predicts the most probable class, and scores the share that is right', () => {
    const X = [
      [1, 0],
      [-1, 0],
      [0, 0.5],
    ]
    expect(binary.predict(X)).toEqual(['yes', 'no', 'no'])
    expect(binary.score(X, ['yes', 'yes', 'no'])).toBeCloseTo(2 / 3, 15)
  })

  test('gives a Matrix for a Matrix, with the same numbers as for rows', () => {
    const rows = Array.from({ length: 100 }, (_, i) => [Math.sin(i) * 3, Math.cos(i) * 5])
    const matrix = binary.predictProba(Matrix.fromRows(rows))
    expect(matrix.toRows()).toEqual(binary.predictProba(rows))
    expect(matrix.toRows()).toEqual(rows.map((row) => binary.predictProbaOne(row)))
  })

  test.each([
    [
      [Number.MAX_VALUE, -Number.MAX_VALUE],
      [0, 1],
    ],
    [
      [-Number.MAX_VALUE, Number.MAX_VALUE],
      [1, 0],
    ],
    [
      [Number.MAX_VALUE, Number.MAX_VALUE],
      [0, 1],
    ],
    [
      [1e6, 0],
      [0, 1],
    ],
  ])('stays finite at %j', (row, expected) => {
    const [proba] = binary.predictProba([row])
    expect(proba.map((value) => Math.round(value))).toEqual(expected)
  })

  test('stays finite for several classes at the largest doubles', () => {
    expect(ternary.predictProba([[Number.MAX_VALUE]])).toEqual([[1, 0, 0]])
  })

  test.each<[string, number[][], string]>([
    ['a row too short', [[1]], 'X has 1 columns; expected 2: x0, x1'],
    [
      'NaN',
      [
        [1, 2],
        [Number.NaN, 1],
      ],
      'X is NaN in row 1, column 0',
    ],
  ])('refuses %s', (_, X, message) => {
    expect(() => binary.predictProba(X)).toThrow(message)
  })

  test('has nothing to say about no rows', () => {
    expect(binary.predictProba([])).toEqual([])
    expect(binary.predict([])).toEqual([])
  })
})

test('rows whose scores are at the limit take a time that grows with their number alone', () => {
  const model = new LogisticRegressionModel({ classes: [0, 1], coef: [[2]], intercept: [0] })
  // To look at all rows for each of them would be to look at 40,000,000,000.
  const rows = new Matrix(new Float64Array(200_000).fill(Number.MAX_VALUE), 200_000, 1)
  const before = process.cpuUsage()
  expect(model.predictProba(rows).row(199_999)).toEqual(Float64Array.of(0, 1))
  expect(process.cpuUsage(before).user).toBeLessThan(1_000_000)
})

test('a model may have more classes than a function takes arguments', () => {
  const classes = Array.from({ length: 200_000 }, (_, k) => k)
  const model = new LogisticRegressionModel({
    classes,
    coef: classes.map((k) => [k === 7 ? 1 : 0]),
    intercept: classes.map(() => 0),
  })
  expect(model.predict([[100]])).toEqual([7])
})
