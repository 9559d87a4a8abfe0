import { ModelError } from '../errors.ts'
import { checkMembers, checkNumber } from '../linear-model/check-options.ts'
import { checkArrayLike } from '../validation/check-numbers.ts'
import { show } from '../validation/show.ts'
import { type BinBounds, binFinder, quantileBins } from './quantile-bins.ts'

/** How {@link populationStabilityIndex} groups values. */
export interface StabilityOptions {
  /** Bins that the expected values are cut into; default 10. */
  readonly nBins?: number | undefined
}

/**
 * Values above `lower` up to `upper`. Where both are the same it holds that one value, which is then
 * in no other bin. `lower` of the first is -Infinity, `upper` of the last Infinity.
 */
export interface StabilityBin {
  readonly lower: number
  readonly upper: number
  /** The share of the expected values that are in it, and of the actual ones. */
  readonly expectedShare: number
  readonly actualShare: number
}

/** How many of the expected values are in a bin. The bounds are those of a {@link StabilityBin}. */
export interface ExpectedBin extends BinBounds {
  readonly count: number
}

/** How far actual values have moved from expected ones. */
export interface PopulationStability {
  /** 0 or greater. By custom, below 0.1 is stable, above 0.25 has shifted. */
  readonly psi: number
  /** What two samples of these sizes from one source stay below in 95 of 100 cases. */
  readonly criticalValue: number
  /** In ascending order; those in which there is nothing of either are left out. */
  readonly bins: readonly StabilityBin[]
}

/** Compares values with expected ones as they come, and keeps none of them. */
export interface StabilityCounter {
  /** Counts one actual value. @throws {ModelError} `invalid_data` when it is not finite. */
  readonly add: (value: number) => void
  /** How it stands. @throws {ModelError} `invalid_data` before the first value. */
  readonly result: () => PopulationStability
}

/**
 * The population stability index of one feature: how far the actual values have moved from the
 * expected ones, as Σ (actual − expected) · ln(actual / expected) over the shares in each bin. The
 * bins are the deciles of the expected values; a value that fills whole deciles has a bin of its own,
 * and what lies outside counts in the outer bins.
 *
 * A bin in which one side has nothing counts there as half a value (Haldane's and Anscombe's
 * correction for a ratio of counts). A fixed small share in place of zero would claim more than a
 * small sample knows, and make the index as large as one likes. All other shares stay as they are,
 * so equal shares give exactly 0.
 *
 * With few values, chance alone gives a large index: hold it against `criticalValue` too.
 *
 * @throws {ModelError} `invalid_data` when there are no values or one is not finite;
 *   `invalid_option` when `nBins` is no integer above 1.
 *
 * Source: N. Siddiqi, "Credit Risk Scorecards", 2006, for the index and its limits; B. Yurdakul, J.
 * Naranjo, "Statistical properties of the population stability index", Journal of Risk Model
 * Validation 14, 2020, for the critical value.
 *
 * @example
 * populationStabilityIndex([0, 0, 1, 1], [0, 1, 1, 1]).psi // 0.2746…: 0.25 · ln 3
 */
export function populationStabilityIndex(
  expected: ArrayLike<number>,
  actual: ArrayLike<number>,
  options: StabilityOptions = {},
): PopulationStability {
  const counter = createStabilityCounter(expected, options)
  checkArrayLike(actual, 'actual')
  for (let row = 0; row < actual.length; row++) counter.add(actual[row])
  return counter.result()
}

/**
 * The same for values that come one by one, such as from a database.
 *
 * @throws {ModelError} as {@link populationStabilityIndex} does
 *
 * @example
 * const counter = createStabilityCounter([0, 0, 1, 1])
 * for (const value of [0, 1, 1, 1]) counter.add(value)
 * counter.result().psi // 0.2746…
 */
export function createStabilityCounter(
  expected: ArrayLike<number>,
  options: StabilityOptions = {},
): StabilityCounter {
  return stabilityCounterOf(countExpected(expected, options))
}

/**
 * Cuts expected values into bins and counts them: all that {@link stabilityCounterOf} needs of them, at a later time.
 *
 * @throws {ModelError} as {@link populationStabilityIndex} does
 *
 * @example
 * countExpected([0, 0, 1, 1]).map(({ count }) => count) // those of the bins, in ascending order
 */
export function countExpected(
  expected: ArrayLike<number>,
  options: StabilityOptions = {},
): readonly ExpectedBin[] {
  checkMembers(options, ['nBins'], 'the index')
  const { nBins = 10 } = options
  checkNumber('nBins', nBins, isBinCount, 'an integer above 1, up to 100000')
  checkArrayLike(expected, 'expected')
  if (expected.length === 0) {
    throw new ModelError('invalid_data', 'expected is empty; expected at least one value')
  }
  const sorted = Float64Array.from(expected, (value, row) => finite(value, 'expected', row)).sort()
  const bounds = quantileBins(sorted, nBins)
  const indexOf = binFinder(bounds)
  const counts = new Float64Array(bounds.length)
  for (const value of sorted) counts[indexOf(value)]++
  return bounds.map((bound, i) => ({ ...bound, count: counts[i] }))
}

/**
 * Compares values with expected ones that were counted before.
 *
 * @param expected all bins of {@link countExpected}, in their order
 * @throws {ModelError} `invalid_data` when there is no expected value
 *
 * @example
 * const counter = stabilityCounterOf(countExpected([0, 0, 1, 1]))
 * for (const value of [0, 1, 1, 1]) counter.add(value)
 * counter.result().psi // 0.2746…
 */
export function stabilityCounterOf(expected: readonly ExpectedBin[]): StabilityCounter {
  checkArrayLike(expected, 'expected')
  const bounds = Array.from(expected, ({ lower, upper }) => ({ lower, upper }))
  const expectedCounts = Array.from(expected, ({ count }) => count)
  const nExpected = sumOf(expectedCounts)
  if (!(nExpected > 0)) {
    throw new ModelError('invalid_data', 'expected has no value; expected at least one')
  }
  const indexOf = binFinder(bounds)
  const actualCounts = new Float64Array(bounds.length)
  let nActual = 0

  return {
    add: (value) => {
      actualCounts[indexOf(finite(value, 'actual', nActual))]++
      nActual++
    },
    result: () => {
      if (nActual === 0) {
        throw new ModelError('invalid_data', 'actual is empty; expected at least one value')
      }
      const bins: StabilityBin[] = []
      for (const [i, bound] of bounds.entries()) {
        if (expectedCounts[i] + actualCounts[i] === 0) continue
        const expectedShare = expectedCounts[i] / nExpected
        const actualShare = actualCounts[i] / nActual
        bins.push({ ...bound, expectedShare, actualShare })
      }
      return { ...stabilityOfCounts(expectedCounts, actualCounts), bins }
    },
  }
}

/**
 * The same index for groups of one's own, such as categories, of which each has a count of expected values and one of
 * actual values. Groups in which there is nothing of either do not count.
 *
 * @throws {ModelError} `invalid_data` when there are not as many counts of either, or no value of one
 *
 * @example
 * stabilityOfCounts([2, 2], [1, 3]).psi // 0.2746…: 0.25 · ln 3
 */
export function stabilityOfCounts(
  expected: ArrayLike<number>,
  actual: ArrayLike<number>,
): Omit<PopulationStability, 'bins'> {
  const [nExpected, nActual] = [sumOf(expected), sumOf(actual)]
  if (expected.length !== actual.length || !(nExpected > 0) || !(nActual > 0)) {
    throw new ModelError(
      'invalid_data',
      `there are ${expected.length} groups with ${nExpected} expected values and ${actual.length} with ${nActual} actual values; expected as many groups, and at least one value of each`,
    )
  }
  let psi = 0
  let groups = 0
  for (let i = 0; i < expected.length; i++) {
    if (expected[i] + actual[i] === 0) continue
    groups++
    const share = expected[i] === 0 ? 0.5 : expected[i]
    psi += divergence(share / nExpected, (actual[i] === 0 ? 0.5 : actual[i]) / nActual)
  }
  return { psi, criticalValue: (1 / nExpected + 1 / nActual) * chiSquared95(groups - 1) }
}

const sumOf = (counts: ArrayLike<number>) => Array.from(counts).reduce((sum, n) => sum + n, 0)

const isBinCount = (n: number) => Number.isInteger(n) && n >= 2 && n <= 100_000

function finite(value: number, name: string, row: number): number {
  if (Number.isFinite(value)) return value
  throw new ModelError(
    'invalid_data',
    `${name} is ${show(value)} in row ${row}; expected a finite number`,
    {
      row,
    },
  )
}

const divergence = (expected: number, actual: number) =>
  (actual - expected) * Math.log(actual / expected)

const normal95 = 1.6448536269514722

/**
 * What a chi-squared variable stays below in 95 of 100 cases, to 3 %.
 *
 * Source: E. B. Wilson, M. M. Hilferty, "The distribution of chi-square", PNAS 17, 1931.
 */
function chiSquared95(degreesOfFreedom: number): number {
  if (degreesOfFreedom === 0) return 0
  const part = 2 / (9 * degreesOfFreedom)
  return degreesOfFreedom * (1 - part + normal95 * Math.sqrt(part)) ** 3
}
