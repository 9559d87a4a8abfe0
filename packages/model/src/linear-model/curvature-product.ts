import type { LinearOperator } from '../arithmetic/conjugate-gradient.ts'
import { countScores, type LogLossProblem, scoreLength } from './log-loss-problem.ts'
import { rowCurvature } from './row-curvature.ts'
import { passRows } from './row-pass.ts'
import { largestOf } from './softmax.ts'

/**
 * The Hessian of the objective at `theta` as something to multiply with: one pass over the rows for
 * each product, and memory for the rows' probabilities only.
 *
 * For a row x with probabilities p, weight s and u = (vₖ·x), its part of (H·v)ₖ is
 * s · pₖ(uₖ - p·u) · x.
 *
 * @param ofRows what {@link rowCurvature} gives at a point
 */
export const curvatureProduct = (problem: LogLossProblem, ofRows: Float64Array): LinearOperator => {
  const weigh =
    problem.nClasses === 2
      ? (scores: Float64Array, at: number, i: number) => {
          scores[at] *= ofRows[i]
        }
      : weighClasses(problem, ofRows)
  return (v) => {
    const product = new Float64Array(v.length)
    passRows(problem, v, product, weigh)
    addPenalty(problem, v, product)
    return product
  }
}

const weighClasses = ({ rowWeights, nClasses }: LogLossProblem, ofRows: Float64Array) => {
  return (scores: Float64Array, at: number, i: number) => {
    const first = i * nClasses
    // Distances are taken from the likeliest class, whose probability may be next to 1.
    const origin = scores[at + largestOf(ofRows, first, nClasses) - first]
    let mean = 0
    for (let k = 0; k < nClasses; k++) {
      scores[at + k] -= origin
      mean += ofRows[first + k] * scores[at + k]
    }
    for (let k = 0; k < nClasses; k++) {
      scores[at + k] = rowWeights[i] * ofRows[first + k] * (scores[at + k] - mean)
    }
  }
}

/** Adds the penalty's part of the product. */
const addPenalty = (problem: LogLossProblem, v: Float64Array, product: Float64Array) => {
  if (problem.penalty === 0) return
  const { factor } = problem.scales
  const length = scoreLength(problem)
  for (let k = 0; k < countScores(problem); k++) {
    for (let j = 0; j < factor.length; j++) {
      product[k * length + j] += factor[j] * factor[j] * v[k * length + j]
    }
  }
}
