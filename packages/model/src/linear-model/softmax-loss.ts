import type { LogLossProblem } from './log-loss-problem.ts'
import { passRows } from './row-pass.ts'
import { complement, largestOf, softmaxInPlace } from './softmax.ts'

/** The loss of more than two classes without its penalty, and its gradient: a score for each class. */
export const softmaxLoss = (
  problem: LogLossProblem,
  theta: Float64Array,
  gradient: Float64Array,
): number => {
  const { codes, rowWeights, nClasses } = problem
  let loss = 0
  passRows(problem, theta, gradient, (scores, at, i) => {
    const own = codes[i]
    const weight = rowWeights[i]
    const largest = largestOf(scores, at, nClasses)
    const behind = scores[largest] - scores[at + own]
    loss += weight * (behind + softmaxInPlace(scores, at, nClasses, largest))
    const missing = complement(scores, at, nClasses, own)
    for (let k = 0; k < nClasses; k++) scores[at + k] *= weight
    scores[at + own] = -weight * missing
  })
  return loss
}
