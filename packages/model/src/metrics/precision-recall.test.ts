import { describe, expect, test } from 'vitest'
import { describeWithSklearn, drawCases } from '../../test/python-cases.ts'
import reference from '../../test/reference/classification-scores.json' with { type: 'json' }
import { averagePrecisionScore } from './average-precision-score.ts'
import { classificationReport } from './classification-report.ts'
import { f1Score, precisionScore, recallScore } from './precision-recall.ts'
import { precisionRecallCurve } from './precision-recall-curve.ts'

type Case = (typeof reference.cases)[number]

const expectNear = (found: Iterable<number>, expected: readonly number[]) => {
  const values = Array.from(found)
  expect(values.length).toBe(expected.length)
  for (const [i, value] of values.entries()) expect(value).toBeCloseTo(expected[i], 12)
}

const testCases = (read: () => readonly Case[]) => {
  test('precision, recall and F1 of each class are the same', () => {
    for (const { yTrue, yPredicted, sampleWeight, perClass, accuracy } of read()) {
      const report = classificationReport(yTrue, yPredicted, sampleWeight)
      const columns = ['precision', 'recall', 'f1', 'support'] as const
      for (const [i, name] of columns.entries()) {
        expectNear(
          report.classes.map((scores) => scores[name]),
          perClass[i],
        )
      }
      expect(report.accuracy).toBeCloseTo(accuracy, 12)
    }
  })

  test('their averages are the same', () => {
    for (const { yTrue, yPredicted, sampleWeight, average: expected } of read()) {
      for (const average of ['macro', 'weighted', 'micro'] as const) {
        const options = { average, sampleWeight }
        const found = [precisionScore, recallScore, f1Score].map((score) =>
          score(yTrue, yPredicted, options),
        )
        expectNear(found, expected[average])
      }
    }
  })

  test('the curve and the area under it are the same', () => {
    for (const { binary, sampleWeight } of read()) {
      const curve = precisionRecallCurve(binary.yTrue, binary.scores, { sampleWeight })
      expectNear(curve.precision, binary.precision)
      expectNear(curve.recall, binary.recall)
      expectNear(curve.thresholds, binary.thresholds)
      const area = averagePrecisionScore(binary.yTrue, binary.scores, { sampleWeight })
      expect(area).toBeCloseTo(binary.averagePrecision, 12)
      const predicted = binary.scores.map((score) => (score >= 0.5 ? 1 : 0))
      expect(f1Score(binary.yTrue, predicted, { sampleWeight })).toBeCloseTo(binary.f1, 12)
    }
  })
}

describe('scores of stored predictions:', () => testCases(() => reference.cases))

describeWithSklearn('scores of 100 more predictions:', () => {
  let cases: readonly Case[] | undefined
  testCases(() => {
    cases ??= drawCases<typeof reference>('classification-scores-cases.py', 2, 100).cases
    return cases
  })
})

test('a class that was never predicted has a precision of 0', () => {
  const { classes } = classificationReport(['a', 'b'], ['a', 'a'])
  expect(classes[1]).toEqual({ label: 'b', precision: 0, recall: 0, f1: 0, support: 1 })
})

test('one score of more than two classes needs an average', () => {
  expect(() => f1Score([0, 1, 2], [0, 1, 2])).toThrow(
    'there are 3 classes; expected two, or average',
  )
  expect(() => f1Score([1, 1], [1, 1])).toThrow('one class only')
  expect(f1Score([1, 1], [1, 1], { positive: 1 })).toBe(1)
  expect(precisionScore(['a', 'b', 'c'], ['a', 'b', 'b'], { positive: 'b' })).toBe(0.5)
  expect(() => f1Score([0, 1], [0, 1], { positive: 2 })).toThrow('positive is 2; expected one of')
})

test('a row without weight changes nothing', () => {
  const options = { sampleWeight: [1, 1, 0] }
  expect(precisionRecallCurve([0, 1, 1], [0.1, 0.5, 0.3], options)).toEqual(
    precisionRecallCurve([0, 1], [0.1, 0.5]),
  )
})

test('without a positive row there is no area', () => {
  const area = () => averagePrecisionScore([0, 0], [0.1, 0.2], { positive: 1 })
  expect(area).toThrow('no row is positive')
})
