/** 2⁻⁶⁰⁰ keeps the product of any two doubles, and sums of them, from overflowing. */
const tiny = 2 ** -600

const clamp = (value: number) => Math.min(Math.max(value, -Number.MAX_VALUE), Number.MAX_VALUE)

/**
 * Fills in the scores of a row, weights · row + intercept. A score too large for a double becomes the
 * largest double of its sign, so that differences of scores stay numbers.
 *
 * @param weights for each score the weights of the columns, then the intercept
 * @param data holds the row from `start` on
 */
export function scoresOf(
  weights: Float64Array,
  data: ArrayLike<number>,
  start: number,
  scores: number[],
): void {
  const length = weights.length / scores.length
  for (let k = 0; k < scores.length; k++) {
    const first = k * length
    let sum = weights[first + length - 1]
    for (let j = 0; j < length - 1; j++) sum += weights[first + j] * data[start + j]
    scores[k] = Number.isFinite(sum) ? sum : scaledScore(weights, first, length, data, start)
  }
}

/** The same sum, scaled down so far that no part of it overflows, then back up. */
const scaledScore = (
  weights: Float64Array,
  first: number,
  length: number,
  data: ArrayLike<number>,
  start: number,
) => {
  let sum = weights[first + length - 1] * tiny * tiny
  for (let j = 0; j < length - 1; j++) sum += weights[first + j] * tiny * (data[start + j] * tiny)
  return clamp(sum / tiny / tiny)
}

/**
 * Turns the scores of a row into probabilities: one score is the log-odds of the second of two
 * classes, more are one a class. No exponential overflows, since each is of a number below zero.
 */
export function toProbabilities(scores: readonly number[]): number[] {
  if (scores.length > 1) return softmax(scores)
  const score = scores[0]
  const small = Math.exp(-Math.abs(score))
  const likely = 1 / (1 + small)
  const unlikely = small / (1 + small)
  return score > 0 ? [unlikely, likely] : [likely, unlikely]
}

const softmax = (scores: readonly number[]) => {
  const largest = Math.max(...scores)
  const exps = scores.map((score) => Math.exp(score - largest))
  const sum = exps.reduce((total, value) => total + value, 0)
  return exps.map((value) => value / sum)
}
