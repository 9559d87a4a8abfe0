import { fastExp } from '../arithmetic/exp.ts'

/** The place of the largest score among those of a row, which begin at `at`. */
export const largestOf = (scores: Float64Array, at: number, nClasses: number): number => {
  let largest = at
  for (let k = at + 1; k < at + nClasses; k++) if (scores[k] > scores[largest]) largest = k
  return largest
}

/**
 * Replaces the scores of a row by its probabilities.
 *
 * @param largest the place of the largest score
 * @returns how much the logarithm of the sum of the scores' exponentials lies above the largest score.
 *   It keeps its digits where that is next to nothing, and a probability next to 1.
 */
export const softmaxInPlace = (
  scores: Float64Array,
  at: number,
  nClasses: number,
  largest: number,
): number => {
  const most = scores[largest]
  let others = 0
  for (let k = at; k < at + nClasses; k++) {
    scores[k] = fastExp(scores[k] - most)
    if (k !== largest) others += scores[k]
  }
  const sum = 1 + others
  for (let k = at; k < at + nClasses; k++) scores[k] /= sum
  return Math.log1p(others)
}

/** One less the probability of class k, from the other classes' where it is next to 1. */
export const complement = (
  probabilities: Float64Array,
  at: number,
  nClasses: number,
  k: number,
): number => {
  if (probabilities[at + k] < 0.5) return 1 - probabilities[at + k]
  let others = 0
  for (let l = 0; l < nClasses; l++) if (l !== k) others += probabilities[at + l]
  return others
}
