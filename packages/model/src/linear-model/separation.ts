import { countScores, type LogLossProblem } from './log-loss-problem.ts'
import { passRows } from './row-pass.ts'

/** A step that changes a row's score by more than this has not come to a minimum. */
const leastMove = 1e-3
/** Rounding of the objective. */
const nearly = 0.99

/**
 * Whether every row's class is the likeliest one. Without a penalty there is no minimum then: twice
 * the parameters are always better.
 */
export const isSeparated = ({ rowWeights }: LogLossProblem, objective: number): boolean => {
  let smallest = Number.POSITIVE_INFINITY
  for (const weight of rowWeights) if (weight > 0 && weight < smallest) smallest = weight
  // No row's part of the objective is then as large as that of a probability of one half.
  return Number.isFinite(smallest) && objective < nearly * smallest * Math.LN2
}

/**
 * Whether a step still changes the scores of some row, although it gains next to nothing. Rows that
 * can be separated from the others have gone so far that their losses no longer count, and without a
 * penalty each Newton step takes them one further, without an end. Near a minimum steps come to nothing.
 */
export const movesRows = (problem: LogLossProblem, step: Float64Array): boolean => {
  const nScores = countScores(problem)
  let moves = false
  passRows(problem, step, undefined, (scores, at, i) => {
    if (moves || problem.rowWeights[i] === 0) return
    // Of two classes, the other one's score is always 0.
    let least = nScores === 1 ? 0 : scores[at]
    let most = least
    for (let k = at; k < at + nScores; k++) {
      least = Math.min(least, scores[k])
      most = Math.max(most, scores[k])
    }
    moves = most - least > leastMove
  })
  return moves
}
