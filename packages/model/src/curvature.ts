import { countScores, type LogLossProblem, scoreLength } from './log-loss.ts'
import { scaleRow, score, softmaxOf } from './softmax-loss.ts'

/**
 * The Hessian of the objective at `theta`.
 *
 * For a row x with probabilities p and weight s, the block of scores k and l is
 * s · pₖ(δₖₗ - pₗ) · x·xᵀ.
 *
 * @returns size × size doubles, row after row, of which only the lower triangle is filled in
 */
export const curvature = (problem: LogLossProblem, theta: Float64Array): Float64Array => {
  const nScores = countScores(problem)
  const length = scoreLength(problem)
  const size = nScores * length
  const hessian = new Float64Array(size * size)
  const row = new Float64Array(length)
  const probabilities = new Float64Array(nScores)
  for (let i = 0; i < problem.X.nRows; i++) {
    scaleRow(problem, i, row)
    if (nScores === 1) probabilities[0] = 1 / (1 + Math.exp(-score(row, theta, 0)))
    else softmaxOf(row, theta, probabilities)
    const weight = problem.rowWeights[i]
    for (let k = 0; k < nScores; k++) {
      for (let l = 0; l <= k; l++) {
        const blockWeight = weight * probabilities[k] * ((k === l ? 1 : 0) - probabilities[l])
        addOuterProduct(hessian, size, k * length, l * length, row, blockWeight)
      }
    }
  }
  addPenalty(problem, hessian, size)
  if (nScores > 1) holdShift(problem, hessian, size)
  return hessian
}

/** Adds weight · x·xᵀ to a block; of a block on the diagonal only the lower triangle. */
const addOuterProduct = (
  hessian: Float64Array,
  size: number,
  top: number,
  left: number,
  row: Float64Array,
  weight: number,
) => {
  for (let a = 0; a < row.length; a++) {
    const scaled = weight * row[a]
    const start = (top + a) * size + left
    const end = top === left ? a + 1 : row.length
    for (let b = 0; b < end; b++) hessian[start + b] += scaled * row[b]
  }
}

const addPenalty = (problem: LogLossProblem, hessian: Float64Array, size: number) => {
  if (problem.penalty === 0) return
  const { factor } = problem.scales
  const length = scoreLength(problem)
  for (let start = 0; start < size; start += length) {
    for (let j = 0; j < factor.length; j++) {
      hessian[(start + j) * size + start + j] += factor[j] * factor[j]
    }
  }
}

/**
 * The same number added to a parameter of every class changes no probability. In that direction the
 * unpenalised loss is flat and the gradient is zero, so any curvature may be put there: the step then
 * has no part in it, and parameters that start with a sum of zero keep it.
 */
const holdShift = (problem: LogLossProblem, hessian: Float64Array, size: number) => {
  const length = scoreLength(problem)
  for (let j = 0; j < length; j++) {
    const isPenalised = problem.penalty === 1 && j < problem.X.nColumns
    if (isPenalised) continue
    const stiffness = hessian[j * size + j] || 1
    for (let a = j; a < size; a += length) {
      for (let b = j; b <= a; b += length) hessian[a * size + b] += stiffness
    }
  }
}
