import { describe, expect, it } from 'vitest'
import reference from '../../test/reference/metrics.json' with { type: 'json' }
import { accuracyScore } from './accuracy-score.ts'

describe('accuracyScore', () => {
  it.each([...reference.binary, ...reference.multiclass])(
    "is scikit-learn's, $accuracy",
    ({ yTrue, yPredicted, accuracy }) => {
      expect(accuracyScore(yTrue, yPredicted)).toBeCloseTo(accuracy, 14)
    },
  )

  it('refuses nothing to score', () => {
    expect(() => accuracyScore([], [])).toThrow('yTrue is empty; expected a label a row')
  })

  it('refuses fewer predictions than labels', () => {
    expect(() => accuracyScore([1, 2], [1])).toThrow('yTrue has 2 labels and yPredicted 1 rows')
  })

  it('refuses to compare numbers with strings', () => {
    expect(() => accuracyScore([1, 2], ['1', '2'])).toThrow('expected one kind of label')
  })
})
