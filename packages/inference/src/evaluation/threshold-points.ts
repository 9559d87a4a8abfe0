import type { CurvePoint } from './evaluation.ts'

/** How many quantiles of the probabilities are thresholds, beside the whole per cent. */
const quantiles = 50
const bins = 20

/**
 * Counts the rows at thresholds: at every whole per cent, where a slider stands, and at quantiles of both sides, so that a curve
 * also has its form where all probabilities are near each other.
 *
 * @param positives the probabilities of the rows of a class, in ascending order
 * @param negatives those of all others
 */
export const pointsOf = (positives: Float64Array, negatives: Float64Array): CurvePoint[] => {
  const thresholds = new Set(Array.from({ length: 101 }, (_, percent) => percent / 100))
  for (const side of [positives, negatives]) {
    for (let i = 0; i < quantiles && side.length > 0; i++) {
      // With few digits: what is counted at a threshold is exact, and its place need not be.
      thresholds.add(Number(side[Math.floor((i * side.length) / quantiles)].toPrecision(6)))
    }
  }
  const countPositives = countsDown(positives)
  const countNegatives = countsDown(negatives)
  return Array.from(thresholds)
    .sort((a, b) => a - b)
    .map((threshold) => [threshold, countPositives(threshold), countNegatives(threshold)])
}

/** Returns a function that counts the values that are not below a limit. The limits ascend. */
const countsDown = (sorted: Float64Array): ((limit: number) => number) => {
  let below = 0
  return (limit) => {
    while (below < sorted.length && sorted[below] < limit) below++
    return sorted.length - below
  }
}

/** Counts probabilities in equal bins from 0 to 1. */
export const histogramOf = (probabilities: Float64Array): number[] => {
  const counts = new Array<number>(bins).fill(0)
  for (const value of probabilities) counts[Math.min(bins - 1, Math.floor(value * bins))]++
  return counts
}
