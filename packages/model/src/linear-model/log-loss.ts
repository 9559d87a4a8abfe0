import { binaryLoss } from './binary-loss.ts'
import { type LogLossProblem, scoreLength } from './log-loss-problem.ts'
import { softmaxLoss } from './softmax-loss.ts'

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
