import type { LinearOperator } from './conjugate-gradient.ts'
import { countScores, type LogLossProblem, scoreLength } from './log-loss.ts'
import { scaleRow, score, softmaxOf } from './softmax-loss.ts'

/**
 * The Hessian of the objective at `theta` as something to multiply with: two passes over a row for
 * each product, and memory for the rows' probabilities only.
 *
 * For a row x with probabilities p, weight s and u = (vₖ·x), its part of (H·v)ₖ is
 * s · pₖ(uₖ - p·u) · x.
 */
export const curvatureProduct = (problem: LogLossProblem, theta: Float64Array): LinearOperator => {
  const { X, rowWeights, scales, penalty } = problem
  const nScores = countScores(problem)
  const length = scoreLength(problem)
  const row = new Float64Array(length)
  const probabilities = new Float64Array(X.nRows * nScores)
  const diagonal = new Float64Array(theta.length)

  for (let i = 0; i < X.nRows; i++) {
    scaleRow(problem, i, row)
    const p = probabilities.subarray(i * nScores, (i + 1) * nScores)
    if (nScores === 1) p[0] = 1 / (1 + Math.exp(-score(row, theta, 0)))
    else softmaxOf(row, theta, p)
    for (let k = 0; k < nScores; k++) {
      const weight = rowWeights[i] * p[k] * (1 - p[k])
      for (let j = 0; j < length; j++) diagonal[k * length + j] += weight * row[j] * row[j]
    }
  }

  const addPenalty = (product: Float64Array, v: (at: number) => number) => {
    if (penalty === 0) return
    for (let start = 0; start < theta.length; start += length) {
      for (let j = 0; j < scales.factor.length; j++) {
        product[start + j] += scales.factor[j] * scales.factor[j] * v(start + j)
      }
    }
  }
  addPenalty(diagonal, () => 1)

  const scores = new Float64Array(nScores)
  const multiply = (v: Float64Array) => {
    const product = new Float64Array(v.length)
    for (let i = 0; i < X.nRows; i++) {
      scaleRow(problem, i, row)
      const first = i * nScores
      let mean = 0
      for (let k = 0; k < nScores; k++) {
        scores[k] = score(row, v, k)
        mean += probabilities[first + k] * scores[k]
      }
      for (let k = 0; k < nScores; k++) {
        const weight = rowWeights[i] * probabilities[first + k] * (scores[k] - mean)
        const start = k * length
        for (let j = 0; j < length; j++) product[start + j] += weight * row[j]
      }
    }
    addPenalty(product, (at) => v[at])
    return product
  }
  return { diagonal, multiply }
}
