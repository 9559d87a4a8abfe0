import { describe, expect, it } from 'vitest'
import reference from '../../test/reference/metrics.json' with { type: 'json' }
import { brierScoreLoss } from './brier-score-loss.ts'

describe('brierScoreLoss', () => {
  it.each(reference.binary)("is scikit-learn's, $brier", ({ yTrue, p, brier }) => {
    expect(brierScoreLoss(yTrue, p)).toBeCloseTo(brier, 14)
  })

  it('takes the positive class where the labels show one class only', () => {
    expect(brierScoreLoss(['no', 'no'], [0, 0.5], 'yes')).toBe(0.125)
    expect(() => brierScoreLoss(['no', 'no'], [0, 0.5])).toThrow('yTrue has one class only, "no"')
  })

  it('refuses what is no probability', () => {
    expect(() => brierScoreLoss([0, 1], [0, 1.5])).toThrow(
      'the probability in row 1 is 1.5; expected 0 to 1',
    )
  })
})
