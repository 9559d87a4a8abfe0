import { type LogLossProblem, scoreLength } from './log-loss.ts'

/** The loss of more than two classes without its penalty, and its gradient: a score for each class. */
export const softmaxLoss = (
  problem: LogLossProblem,
  theta: Float64Array,
  gradient: Float64Array,
): number => {
  const { X, codes, rowWeights, nClasses } = problem
  const length = scoreLength(problem)
  const row = new Float64Array(length)
  const probabilities = new Float64Array(nClasses)
  let loss = 0
  for (let i = 0; i < X.nRows; i++) {
    scaleRow(problem, i, row)
    const logSum = softmaxOf(row, theta, probabilities)
    const weight = rowWeights[i]
    loss += weight * (logSum - score(row, theta, codes[i]))
    for (let k = 0; k < nClasses; k++) {
      const error = weight * (k === codes[i] ? probabilities[k] - 1 : probabilities[k])
      const start = k * length
      for (let j = 0; j < length; j++) gradient[start + j] += error * row[j]
    }
  }
  return loss
}

/** Row i as it is fitted: its scaled columns, then a 1 for the intercept if there is one. */
export const scaleRow = (problem: LogLossProblem, i: number, row: Float64Array): void => {
  const { data, nColumns } = problem.X
  const { shift, factor } = problem.scales
  const start = i * nColumns
  for (let j = 0; j < nColumns; j++) row[j] = (data[start + j] - shift[j]) * factor[j]
  if (problem.hasIntercept) row[nColumns] = 1
}

/** The score of class k: its parameters times the row. */
export const score = (row: Float64Array, theta: Float64Array, k: number): number => {
  const start = k * row.length
  let sum = 0
  for (let j = 0; j < row.length; j++) sum += theta[start + j] * row[j]
  return sum
}

/** Fills in the probabilities of a row, and gives the logarithm of the sum of the scores' exps. */
export const softmaxOf = (
  row: Float64Array,
  theta: Float64Array,
  probabilities: Float64Array,
): number => {
  const nClasses = probabilities.length
  let largest = Number.NEGATIVE_INFINITY
  for (let k = 0; k < nClasses; k++) {
    probabilities[k] = score(row, theta, k)
    if (probabilities[k] > largest) largest = probabilities[k]
  }
  let sum = 0
  for (let k = 0; k < nClasses; k++) {
    probabilities[k] = Math.exp(probabilities[k] - largest)
    sum += probabilities[k]
  }
  for (let k = 0; k < nClasses; k++) probabilities[k] /= sum
  return largest + Math.log(sum)
}
