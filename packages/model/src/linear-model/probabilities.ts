import { fastExp } from '../arithmetic/exp.ts'
import { checkFinite, type Matrix } from '../matrix.ts'

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

/** Scores with a size below this have exponentials that are neither 0 nor infinite. */
const moderate = 700

/**
 * Turns the scores of a row into probabilities: one score is the log-odds of the second of two
 * classes, more are one a class. No exponential overflows.
 */
export function toProbabilities(scores: readonly number[]): number[] {
  if (scores.length > 1) return softmax(scores)
  const score = scores[0]
  if (Math.abs(score) < moderate) {
    const odds = fastExp(-score)
    const second = 1 / (1 + odds)
    return [odds * second, second]
  }
  const unlikely = Math.exp(-Math.abs(score))
  return score > 0 ? [unlikely, 1] : [1, unlikely]
}

const softmax = (scores: readonly number[]) => {
  let largest = Number.NEGATIVE_INFINITY
  for (const score of scores) if (score > largest) largest = score
  const exps = scores.map((score) => fastExp(score - largest))
  const sum = exps.reduce((total, value) => total + value, 0)
  return exps.map((value) => value / sum)
}

/**
 * The probabilities of all rows for two classes: as `toProbabilities`, without an array a row. Four
 * rows go together, so that their sums and exponentials do not wait for one another.
 *
 * @throws {ModelError} `invalid_data` at a value that is not finite, which shows in its row's score
 */
export function binaryProbabilities(
  weights: Float64Array,
  matrix: Matrix,
  probabilities: Float64Array,
): void {
  const { data, nRows, nColumns } = matrix
  const end = nRows - (nRows % 4)
  const intercept = weights[nColumns]
  for (let i = 0; i < end; i += 4) {
    const a = i * nColumns
    const b = a + nColumns
    const c = b + nColumns
    const d = c + nColumns
    let za = intercept
    let zb = intercept
    let zc = intercept
    let zd = intercept
    for (let j = 0; j < nColumns; j++) {
      const weight = weights[j]
      za += weight * data[a + j]
      zb += weight * data[b + j]
      zc += weight * data[c + j]
      zd += weight * data[d + j]
    }
    if (!(isModerate(za) && isModerate(zb) && isModerate(zc) && isModerate(zd))) {
      for (let row = i; row < i + 4; row++) binaryRow(weights, matrix, row, probabilities)
      continue
    }
    writePair(probabilities, i, za)
    writePair(probabilities, i + 1, zb)
    writePair(probabilities, i + 2, zc)
    writePair(probabilities, i + 3, zd)
  }
  for (let row = end; row < nRows; row++) binaryRow(weights, matrix, row, probabilities)
}

/** False for NaN too. */
const isModerate = (score: number) => Math.abs(score) < moderate

const writePair = (probabilities: Float64Array, row: number, score: number) => {
  const odds = fastExp(-score)
  const second = 1 / (1 + odds)
  probabilities[2 * row] = odds * second
  probabilities[2 * row + 1] = second
}

const binaryRow = (
  weights: Float64Array,
  matrix: Matrix,
  row: number,
  probabilities: Float64Array,
) => {
  const scores = [0]
  scoresOf(weights, matrix.data, row * matrix.nColumns, scores)
  // A value that is not finite makes a score that is not a number or at its limit; so do values that are very large.
  if (!(Math.abs(scores[0]) < Number.MAX_VALUE || isFiniteRow(matrix, row))) checkFinite(matrix)
  writeBinary(probabilities, row, scores[0])
}

/** Writes the probabilities of a row of two classes, as `toProbabilities` makes them, without an array where it can. */
export function writeBinary(probabilities: Float64Array, row: number, score: number): void {
  if (isModerate(score)) writePair(probabilities, row, score)
  else probabilities.set(toProbabilities([score]), 2 * row)
}

/** Looks at this row alone: where each row is at the limit, looking at all of them takes the square of the time. */
const isFiniteRow = ({ data, nColumns }: Matrix, row: number) => {
  const end = (row + 1) * nColumns
  let at = row * nColumns
  while (at < end && Number.isFinite(data[at])) at++
  return at === end
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
