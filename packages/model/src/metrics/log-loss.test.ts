import { describe, expect, it } from 'vitest'
import reference from '../../test/reference/metrics.json' with { type: 'json' }
import { ModelError } from '../errors.ts'
import type { Label } from '../labels.ts'
import { Matrix } from '../matrix.ts'
import { logLoss } from './log-loss.ts'

describe('logLoss', () => {
  it.each(reference.binary)("is scikit-learn's for two classes, $logLoss", (expected) => {
    const probabilities = expected.p.map((p) => [1 - p, p])
    expect(logLoss(expected.yTrue, probabilities)).toBeCloseTo(expected.logLoss, 12)
  })

  it.each(reference.multiclass)("is scikit-learn's for more, $logLoss", (expected) => {
    const probabilities = Matrix.fromRows(expected.P)
    expect(logLoss(expected.yTrue, probabilities)).toBeCloseTo(expected.logLoss, 12)
  })

  it('takes the classes that the labels lack', () => {
    expect(logLoss([1], [[0.25, 0.5, 0.25]], [0, 1, 2])).toBeCloseTo(Math.log(2), 15)
  })

  it.each<[Label[], number[][], Label[] | undefined, string]>([
    [[0, 1], [[0.5, 0.5]], undefined, 'yTrue has 2 labels and probabilities 1 rows'],
    [[1], [[1, 0]], undefined, 'there is one class only, 1'],
    [[0, 1], [[1], [1]], undefined, 'probabilities has 1 columns; expected one for each of 2'],
    [
      [0, 3],
      [
        [1, 0],
        [1, 0],
      ],
      [0, 1],
      'yTrue[1] is 3; expected one of [0,1]',
    ],
    [
      [0, 1],
      [
        [1, 0],
        [1.5, -0.5],
      ],
      undefined,
      'probabilities is 1.5 in row 1, column 0',
    ],
    [
      [0, 1],
      [
        [1, 0],
        [0.5, 0.4],
      ],
      undefined,
      'probabilities add up to 0.9 in row 1; expected 1',
    ],
    [
      [0, 1],
      [
        [1, 0],
        [Number.NaN, 0],
      ],
      undefined,
      'probabilities is NaN in row 1, column 0',
    ],
  ])('refuses %o with %o', (yTrue, probabilities, classes, message) => {
    const score = () => logLoss(yTrue, probabilities, classes)
    expect(score).toThrow(ModelError)
    expect(score).toThrow(message)
  })
})
