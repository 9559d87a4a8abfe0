import { countScores, type LogLossProblem, scoreLength } from './log-loss-problem.ts'

/**
 * Takes out of parameters, or of a step, what is the same for all classes. It changes no probability,
 * and the penalty is least without it.
 */
export const centre = (problem: LogLossProblem, parameters: Float64Array): void => {
  const nScores = countScores(problem)
  if (nScores === 1) return
  const length = scoreLength(problem)
  for (let j = 0; j < length; j++) {
    let sum = 0
    for (let at = j; at < parameters.length; at += length) sum += parameters[at]
    for (let at = j; at < parameters.length; at += length) parameters[at] -= sum / nScores
  }
}
