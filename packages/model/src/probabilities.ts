import { fastExp } from './exp.ts'
import { checkFinite, type Matrix } from './matrix.ts'

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
  const small = fastExp(-Math.abs(score))
  const likely = 1 / (1 + small)
  return score > 0 ? [small * likely, likely] : [likely, small * likely]
}

const softmax = (scores: readonly number[]) => {
  const largest = Math.max(...scores)
  const exps = scores.map((score) => fastExp(score - largest))
  const sum = exps.reduce((total, value) => total + value, 0)
  return exps.map((value) => value / sum)
}

/**
 * The probabilities of all rows for two classes: as `toProbabilities`, without an array a row.
 *
 * @throws {ModelError} `invalid_data` at a value that is not finite, which shows in its row's score
 */
export function binaryProbabilities(
  weights: Float64Array,
  matrix: Matrix,
  probabilities: Float64Array,
): void {
  const { data, nRows, nColumns } = matrix
  const intercept = weights[nColumns]
  for (let i = 0, at = 0; i < nRows; i++) {
    let score = intercept
    for (let j = 0; j < nColumns; j++, at++) score += weights[j] * data[at]
    if (!(Math.abs(score) <= Number.MAX_VALUE)) {
      checkFinite(matrix)
      score = scaledScore(weights, 0, nColumns + 1, data, at - nColumns)
    }
    const small = fastExp(-Math.abs(score))
    const likely = 1 / (1 + small)
    // Which of the two it is cannot be foretold, so an index is cheaper than a branch.
    const isSecond = Number(score > 0)
    probabilities[2 * i + isSecond] = likely
    probabilities[2 * i + 1 - isSecond] = small * likely
  }
}

/** The probabilities of all rows for more than two classes; throws as `binaryProbabilities` does. */
export function softmaxProbabilities(
  weights: Float64Array,
  matrix: Matrix,
  probabilities: Float64Array,
): void {
  const { data, nRows, nColumns } = matrix
  checkFinite(matrix)
  const nClasses = weights.length / (nColumns + 1)
  const scores = new Array<number>(nClasses)
  for (let i = 0; i < nRows; i++) {
    scoresOf(weights, data, i * nColumns, scores)
    probabilities.set(softmax(scores), i * nClasses)
  }
}
