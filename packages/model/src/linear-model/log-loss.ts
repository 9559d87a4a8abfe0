import type { Matrix } from '../matrix.ts'
import { binaryLoss } from './binary-loss.ts'
import type { ColumnScales } from './column-scales.ts'
import { softmaxLoss } from './softmax-loss.ts'

/**
 * What logistic regression minimises, over one flat array of parameters: for each score (one for two
 * classes, else one a class) the weights of the scaled columns, then, if there is one, the intercept.
 *
 * f(θ) = Σᵢ sᵢ · -log pᵢ(θ) + ½ Σ (θ of column j · its factor)² · penalty
 *
 * The columns are scaled while they are read, (x - shift) · factor, so no scaled copy of the table is
 * made. The penalty is on the weights of the unscaled columns, so scaling changes nothing but how
 * fast the minimum is found.
 */
export interface LogLossProblem {
  readonly X: Matrix
  /** The class of each row, from 0. */
  readonly codes: Uint32Array
  /** The weight of each row; scikit-learn's C and class weights are in it. */
  readonly rowWeights: Float64Array
  readonly nClasses: number
  readonly hasIntercept: boolean
  readonly scales: ColumnScales
  /** 1 for the L2 penalty, 0 for none. */
  readonly penalty: 0 | 1
}

/** The number of scores: classes whose probabilities have parameters of their own. */
export const countScores = ({ nClasses }: { readonly nClasses: number }): number =>
  nClasses === 2 ? 1 : nClasses

/** The parameters of one score. */
export const scoreLength = ({ X, hasIntercept }: LogLossProblem): number =>
  X.nColumns + (hasIntercept ? 1 : 0)

/** Adds the penalty's part to the gradient, and gives its part of the objective. */
const addPenalty = (problem: LogLossProblem, theta: Float64Array, gradient: Float64Array) => {
  if (problem.penalty === 0) return 0
  const { factor } = problem.scales
  const length = scoreLength(problem)
  let sum = 0
  for (let start = 0; start < theta.length; start += length) {
    for (let j = 0; j < factor.length; j++) {
      const weight = theta[start + j] * factor[j]
      sum += weight * weight
      gradient[start + j] += weight * factor[j]
    }
  }
  return sum / 2
}

/**
 * The objective at `theta`, and its gradient, in one pass over the rows.
 *
 * @param gradient overwritten
 */
export const evaluate = (
  problem: LogLossProblem,
  theta: Float64Array,
  gradient: Float64Array,
): number => {
  gradient.fill(0)
  const loss =
    problem.nClasses === 2
      ? binaryLoss(problem, theta, gradient)
      : softmaxLoss(problem, theta, gradient)
  return loss + addPenalty(problem, theta, gradient)
}

/** The objective of a model that knows nothing: all classes are equally likely. */
export const evenOdds = ({ rowWeights, nClasses }: LogLossProblem): number => {
  let sum = 0
  for (const weight of rowWeights) sum += weight
  return sum * Math.log(nClasses)
}
