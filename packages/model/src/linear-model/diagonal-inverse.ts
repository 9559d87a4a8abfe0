import type { LinearOperator } from '../arithmetic/conjugate-gradient.ts'
import { countScores, type LogLossProblem, scoreLength } from './log-loss-problem.ts'
import { penaltyOf } from './penalty-curvature.ts'
import { curvatureOfRow } from './row-curvature.ts'
import { scaleRow } from './scaled-row.ts'

/** Divides by the Hessian's diagonal. */
export const diagonalInverse = (problem: LogLossProblem, ofRows: Float64Array): LinearOperator => {
  const { nRows } = problem.X
  const nScores = countScores(problem)
  const length = scoreLength(problem)
  const sum = new Float64Array(nScores * length)
  const row = new Float64Array(length)
  for (let i = 0; i < nRows; i++) {
    scaleRow(problem, i, row, 0)
    for (let j = 0; j < length; j++) row[j] *= row[j]
    for (let k = 0; k < nScores; k++) {
      const weight = curvatureOfRow(problem, ofRows, i, k)
      for (let j = 0; j < length; j++) sum[k * length + j] += weight * row[j]
    }
  }
  for (let at = 0; at < sum.length; at++) {
    sum[at] = sum[at] + penaltyOf(problem, at % length) || 1
  }
  return (r) => r.map((value, i) => value / sum[i])
}
