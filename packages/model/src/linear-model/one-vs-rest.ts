import { checkFinite, type Matrix } from '../matrix.ts'
import { scoresOf, toProbabilities } from './probabilities.ts'

/** log(1 / (1 + e^-score)), exact also where the sigmoid itself is 0 or 1. */
const logSigmoid = (score: number) =>
  score >= 0 ? -Math.log1p(Math.exp(-score)) : score - Math.log1p(Math.exp(score))

/**
 * Turns the scores of a row, one a class, into probabilities as one-vs-rest does: each class against
 * all others by the sigmoid of its score, then divided by the sum. As softmax of the logarithms this
 * stays a number where all sigmoids are 0.
 *
 * Source: `LinearClassifierMixin._predict_proba_lr` of scikit-learn.
 */
export const oneVsRest = (scores: readonly number[]): number[] =>
  toProbabilities(scores.map(logSigmoid))

/**
 * The probabilities of all rows.
 *
 * @throws {ModelError} `invalid_data` at a value that is not finite
 */
export const oneVsRestProbabilities = (
  weights: Float64Array,
  matrix: Matrix,
  probabilities: Float64Array,
): void => {
  checkFinite(matrix)
  const { data, nRows, nColumns } = matrix
  const scores = new Array<number>(weights.length / (nColumns + 1))
  for (let i = 0; i < nRows; i++) {
    scoresOf(weights, data, i * nColumns, scores)
    probabilities.set(oneVsRest(scores), i * scores.length)
  }
}
