import { describe, expect, it } from 'vitest'
import reference from '../../test/reference/metrics.json' with { type: 'json' }
import { calibrationCurve } from './calibration-curve.ts'

const cases = reference.binary.flatMap(({ yTrue, p, calibration }) =>
  calibration.map((expected) => ({ yTrue, p, ...expected })),
)

describe('calibrationCurve', () => {
  it.each(cases)("has scikit-learn's bins: $nBins, $strategy", (expected) => {
    const { yTrue, p, nBins, strategy, probTrue, probPred } = expected
    const bins = calibrationCurve(yTrue, p, {
      nBins,
      strategy: strategy === 'uniform' ? 'uniform' : 'quantile',
    })
    expect(bins.length).toBe(probTrue.length)
    for (const [i, bin] of bins.entries()) {
      expect(bin.positiveShare).toBeCloseTo(probTrue[i], 13)
      expect(bin.meanProbability).toBeCloseTo(probPred[i], 13)
    }
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(p.length)
  })

  it.each([0, 2.5])('refuses %d bins', (nBins) => {
    expect(() => calibrationCurve([0, 1], [0, 1], { nBins })).toThrow(
      `nBins is ${nBins}; expected a positive integer`,
    )
  })
})
