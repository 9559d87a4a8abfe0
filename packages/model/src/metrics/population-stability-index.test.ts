import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ModelError } from '../errors.ts'
import { RandomState } from '../random/random-state.ts'
import {
  createStabilityCounter,
  populationStabilityIndex,
  stabilityOfCounts,
} from './population-stability-index.ts'

const range = (n: number, value: (i: number) => number) =>
  Array.from({ length: n }, (_, i) => value(i))
const psi = (expected: readonly number[], actual: readonly number[]) =>
  populationStabilityIndex(expected, actual).psi

const normals = (() => {
  const random = new RandomState(7)
  const expected = range(1000, () => random.standardNormal())
  return { expected, actual: range(500, () => random.standardNormal() * 1.2 + 0.3) }
})()

const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
// Few different values on one side and many on the other, as tables have them.
const sample = fc.oneof(
  fc.array(finite, { minLength: 1, maxLength: 200 }),
  fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 1, maxLength: 200 }),
)

describe('populationStabilityIndex', () => {
  // By NumPy: cuts = np.quantile(e, np.arange(1, 10) / 10, method='inverted_cdf');
  // n = np.bincount(np.searchsorted(cuts, x), minlength=10), np.where(n == 0, .5, n) / len(x) of
  // each, ((pa - pe) * np.log(pa / pe)).sum(). The first: RandomState(7).standard_normal.
  it.each([
    ['normal values, wider and moved', normals.expected, normals.actual, 0.19347190746056767],
    [
      'values moved by a tenth',
      range(100, (i) => i + 1),
      range(100, (i) => i + 11),
      0.3539092840436237,
    ],
    [
      'squares',
      range(200, (i) => i ** 2 / 7),
      range(77, (i) => ((i * 13) % 200) ** 2 / 7 + 50),
      0.12647856880630715,
    ],
  ])("is NumPy's for %s", (_, expected, actual, index) => {
    expect(psi(expected, actual)).toBeCloseTo(index, 13)
  })

  it('is never negative, and always finite', () => {
    fc.assert(
      fc.property(sample, sample, (expected, actual) => {
        const result = populationStabilityIndex(expected, actual)
        expect(result.psi).toBeGreaterThanOrEqual(0)
        expect(result.psi).toBeLessThan(Number.POSITIVE_INFINITY)
      }),
    )
  })

  it('is 0 for the same values, however often each is there and in whatever order', () => {
    fc.assert(
      fc.property(sample, fc.integer({ min: 1, max: 3 }), (expected, times) => {
        const actual = range(times, () => 0).flatMap(() => expected.toReversed())
        expect(psi(expected, actual)).toBeCloseTo(0, 14)
      }),
    )
  })

  it('does not depend on the order', () => {
    fc.assert(
      fc.property(sample, sample, (expected, actual) => {
        expect(psi(expected.toReversed(), actual.toSorted())).toBe(psi(expected, actual))
      }),
    )
  })

  it('is the same both ways where the bins are', () => {
    const counts = fc.array(fc.integer({ min: 30, max: 50 }), { minLength: 3, maxLength: 3 })
    const spread = (each: readonly number[]) => each.flatMap((n, value) => Array(n).fill(value))
    fc.assert(
      fc.property(counts, counts, (some, others) => {
        const [a, b] = [spread(some), spread(others)]
        expect(psi(a, b)).toBeCloseTo(psi(b, a), 14)
      }),
    )
  })

  it('grows with a shift, to either side', () => {
    for (const sign of [-1, 1]) {
      const shifted = [0, 0.25, 0.5, 1, 1.5, 2].map((by) =>
        psi(
          normals.expected,
          normals.expected.map((value) => value + sign * by),
        ),
      )
      expect(shifted).toEqual(shifted.toSorted((a, b) => a - b))
      expect(shifted[0]).toBe(0)
      expect(shifted[1]).toBeGreaterThan(0.04)
      expect(shifted[5]).toBeGreaterThan(2)
    }
  })

  it('has every value in one bin, so that the shares add up to 1', () => {
    fc.assert(
      fc.property(sample, sample, (expected, actual) => {
        const { bins } = populationStabilityIndex(expected, actual)
        const sum = (share: 'expectedShare' | 'actualShare') =>
          bins.reduce((total, bin) => total + bin[share], 0)
        expect(sum('expectedShare')).toBeCloseTo(1, 12)
        expect(sum('actualShare')).toBeCloseTo(1, 12)
      }),
    )
  })

  it('says of each bin which values are in it', () => {
    fc.assert(
      fc.property(sample, sample, (expected, actual) => {
        const { bins } = populationStabilityIndex(expected, actual)
        for (const { lower, upper, actualShare } of bins) {
          const isAlone = (value: number) =>
            bins.some((bin) => bin.lower === value && bin.upper === value)
          const inIt = actual.filter((value) =>
            lower === upper ? value === lower : value > lower && value <= upper && !isAlone(value),
          )
          expect(actualShare).toBeCloseTo(inIt.length / actual.length, 12)
        }
      }),
    )
  })

  it.each([
    ['below', 4],
    ['above', 5.000001],
  ])('sees a constant column move %s', (_, value) => {
    const constant = Array(100).fill(5)
    expect(psi(constant, Array(80).fill(5))).toBe(0)
    expect(psi(constant, Array(80).fill(value))).toBeGreaterThan(5)
  })

  it('sees the rare one of two values become frequent, be it the greater or the lesser', () => {
    const flags = (rare: number) => range(100, (i) => (i < rare ? 0 : 1))
    const flip = (values: readonly number[]) => values.map((value) => 1 - value)
    expect(psi(flags(5), flags(50))).toBeGreaterThan(1)
    expect(psi(flip(flags(5)), flip(flags(50)))).toBeCloseTo(psi(flags(5), flags(50)), 12)
  })

  it('counts what lies outside in the outer bins', () => {
    const { bins } = populationStabilityIndex(
      range(10, (i) => i),
      [-1e308, -1, 4, 1e308],
      { nBins: 2 },
    )
    expect(bins).toEqual([
      { lower: Number.NEGATIVE_INFINITY, upper: 4, expectedShare: 0.5, actualShare: 0.75 },
      { lower: 4, upper: Number.POSITIVE_INFINITY, expectedShare: 0.5, actualShare: 0.25 },
    ])
  })

  it('stays below the critical value in 95 of 100 samples from one source', () => {
    const random = new RandomState(1)
    const draw = (n: number) => range(n, () => random.standardNormal())
    const trials = 1000
    const above = range(trials, () => {
      const { psi, criticalValue } = populationStabilityIndex(draw(300), draw(200))
      return psi > criticalValue ? 1 : 0
    }).reduce((sum, one) => sum + one, 0)
    expect(above / trials).toBeGreaterThan(0.03)
    expect(above / trials).toBeLessThan(0.07)
  })

  it.each([
    ['no expected values', [], [1], 'expected is empty'],
    ['no actual values', [1], [], 'actual is empty'],
    ['a value that is none', [1, Number.NaN], [1], 'expected is NaN in row 1'],
    ['an infinite one', [1], [1, Number.POSITIVE_INFINITY], 'actual is Infinity in row 1'],
  ])('refuses %s', (_, expected, actual, message) => {
    expect(() => populationStabilityIndex(expected, actual)).toThrow(message)
  })

  it.each([1, 2.5])('refuses %d bins', (nBins) => {
    expect(() => populationStabilityIndex([1], [1], { nBins })).toThrow(
      `nBins is ${nBins}; expected an integer above 1`,
    )
  })
})

it('values that come one by one are compared as all at once', () => {
  const counter = createStabilityCounter(normals.expected)
  for (const value of normals.actual) counter.add(value)
  expect(counter.result()).toEqual(populationStabilityIndex(normals.expected, normals.actual))
})

describe('stabilityOfCounts', () => {
  it('is the index of values that are grouped already', () => {
    const { bins, ...index } = populationStabilityIndex([0, 0, 1, 1], [0, 1, 1, 1])
    expect(stabilityOfCounts([2, 2], [1, 3])).toEqual(index)
    expect(stabilityOfCounts([2, 0, 2], [1, 0, 3])).toEqual(index)
    expect(bins).toHaveLength(2)
  })

  it.each([
    [[1], [1, 2]],
    [
      [0, 0],
      [1, 2],
    ],
    [
      [1, 2],
      [Number.NaN, 2],
    ],
    [[], []],
  ])('refuses the counts %j and %j', (expected, actual) => {
    expect(() => stabilityOfCounts(expected, actual)).toThrow(ModelError)
  })
})
