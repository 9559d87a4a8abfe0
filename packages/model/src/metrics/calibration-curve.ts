import type { Label } from '../labels.ts'
import { checkMembers, checkNumber, checkWord } from '../linear-model/check-options.ts'
import { firstNotBelow } from './first-not-below.ts'
import { checkProbabilities, positiveClass } from './positive-class.ts'

/** How {@link calibrationCurve} groups probabilities. */
export interface CalibrationOptions {
  /** Bins; default 5. */
  readonly nBins?: number | undefined
  /** Bins of equal width (default), or with equally many rows. */
  readonly strategy?: 'uniform' | 'quantile' | undefined
  /** The positive class; default: the greater of the two. */
  readonly positive?: Label | undefined
}

/** Rows whose probabilities are near each other. */
export interface CalibrationBin {
  readonly count: number
  /** The mean of the probabilities of the positive class. */
  readonly meanProbability: number
  /** The share of rows that are of the positive class. */
  readonly positiveShare: number
}

/**
 * Groups rows by the probability of the positive class, and says in each group how many are: a
 * well calibrated model has the two alike. Bins without rows are left out.
 *
 * @param probabilities The probability of the positive class for each row.
 * @throws {ModelError} `invalid_data` or `invalid_option` when labels and probabilities do not fit,
 *   or `nBins` is no positive integer.
 *
 * Source: `sklearn.calibration.calibration_curve`; a probability on an edge is in the lower bin.
 *
 * @example
 * calibrationCurve([0, 1], [0.1, 0.9], { nBins: 2 })
 * // [{ count: 1, meanProbability: 0.1, positiveShare: 0 }, { count: 1, meanProbability: 0.9, … }]
 */
export function calibrationCurve(
  yTrue: readonly Label[],
  probabilities: ArrayLike<number>,
  options: CalibrationOptions = {},
): CalibrationBin[] {
  checkMembers(options, ['nBins', 'strategy', 'positive'], 'calibrationCurve')
  const { nBins = 5, strategy = 'uniform' } = options
  checkNumber('nBins', nBins, isBinCount, 'a positive integer up to 100000')
  checkWord('strategy', strategy, ['uniform', 'quantile'])
  const { isPositive, scores } = positiveClass(yTrue, probabilities, options.positive)
  checkProbabilities(scores)

  const levels = Array.from({ length: nBins - 1 }, (_, i) => (i + 1) * (1 / nBins))
  const sorted = scores.toSorted()
  const edges = strategy === 'uniform' ? levels : levels.map((level) => quantile(sorted, level))

  const bins = Array.from({ length: nBins }, () => ({ count: 0, sum: 0, positives: 0 }))
  for (const [row, score] of scores.entries()) {
    const bin = bins[firstNotBelow(edges, score)]
    bin.count += 1
    bin.sum += score
    if (isPositive[row]) bin.positives += 1
  }
  return bins
    .filter(({ count }) => count > 0)
    .map(({ count, sum, positives }) => ({
      count,
      meanProbability: sum / count,
      positiveShare: positives / count,
    }))
}

const isBinCount = (n: number) => Number.isInteger(n) && n >= 1 && n <= 100_000

/**
 * The value below which a share of sorted values lies, between neighbours in proportion.
 *
 * The detour over percent and the two forms of the sum are NumPy's `percentile`: whether an edge
 * falls exactly on a value is a matter of such roundings, and decides that value's bin.
 */
function quantile(sorted: Float64Array, share: number): number {
  const position = ((share * 100) / 100) * (sorted.length - 1)
  const index = Math.floor(position)
  const below = sorted[index]
  const above = sorted[Math.min(index + 1, sorted.length - 1)]
  const part = position - index
  return part < 0.5 ? below + (above - below) * part : above - (above - below) * (1 - part)
}
