import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import reference from '../../test/reference/metrics.json' with { type: 'json' }
import { rocAucScore, rocAucScoreOneVsRest } from './roc-auc-score.ts'

describe('rocAucScore', () => {
  it.each(reference.binary)("is scikit-learn's, $auc", ({ yTrue, p, auc }) => {
    expect(rocAucScore(yTrue, p)).toBeCloseTo(auc, 13)
  })

  it('is the share of pairs in the right order, ties counting half', () => {
    const row = fc.record({ label: fc.integer({ min: 0, max: 1 }), score: fc.integer({ max: 9 }) })
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const positives = rows.filter(({ label }) => label === 1)
        const negatives = rows.filter(({ label }) => label === 0)
        fc.pre(positives.length > 0 && negatives.length > 0)
        const wins = positives.flatMap((positive) =>
          negatives.map(({ score }) => (Math.sign(positive.score - score) + 1) / 2),
        )
        const area = rocAucScore(
          rows.map(({ label }) => label),
          rows.map(({ score }) => score),
        )
        expect(area).toBeCloseTo(wins.reduce((a, b) => a + b, 0) / wins.length, 12)
      }),
    )
  })

  it('refuses labels of one class, and of three', () => {
    expect(() => rocAucScore([1, 1], [0, 1])).toThrow('yTrue has one class only, 1; expected two')
    expect(() => rocAucScore([1, 2, 3], [0, 1, 2])).toThrow('yTrue has 3 classes')
  })

  it('refuses a score that is no number', () => {
    expect(() => rocAucScore([0, 1], [0, Number.NaN])).toThrow('scores is NaN in row 1')
  })
})

describe('rocAucScoreOneVsRest', () => {
  it.each(reference.multiclass)("is scikit-learn's, $auc", ({ yTrue, P, auc }) => {
    expect(rocAucScoreOneVsRest(yTrue, P)).toBeCloseTo(auc, 13)
  })

  it('refuses a class without a row', () => {
    const score = () =>
      rocAucScoreOneVsRest(
        [0, 1],
        [
          [1, 0, 0],
          [0, 1, 0],
        ],
        [0, 1, 2],
      )
    expect(score).toThrow('class 2 has no row in yTrue')
  })
})
