import { factorScaled, solveScaled } from '../arithmetic/cholesky.ts'
import { conjugateGradient, type LinearOperator } from '../arithmetic/conjugate-gradient.ts'
import { blockInverse } from './block-inverse.ts'
import { centre } from './centre.ts'
import { curvature } from './curvature.ts'
import { curvatureProduct } from './curvature-product.ts'
import { diagonalInverse } from './diagonal-inverse.ts'
import { countScores, type LogLossProblem, scoreLength } from './log-loss-problem.ts'
import { rowCurvature } from './row-curvature.ts'
import { gramOf, rowSpaceInverse } from './row-space-inverse.ts'

export interface StepAccuracy {
  /** The share of the residual at which conjugate gradients may end. */
  readonly share: number
  /** Where half the squared Newton decrement is below this, the fit may end by it: see `exact`. */
  readonly smallGap: number
}

/** Newton's step at `theta`: the x with H·x = gradient, to be subtracted. */
export type NewtonSolver = (
  theta: Float64Array,
  gradient: Float64Array,
  accuracy: StepAccuracy,
) => Float64Array

/** With so few parameters, or multiplications, the Hessian is made and factored at each step. */
const alwaysFactored = 100
const cheap = 3e7
/** The memory of a Hessian: it has no more numbers than this squared. */
const mostFactored = 2000
/** How exactly a step is solved for whose decrement may end the fit. */
const exact = 0.1

/**
 * Newton's steps for a problem. For many parameters H is never made, and a step is found by conjugate
 * gradients, no more exactly than the next step can make use of. Whether something nearer to H than
 * its diagonal is worth its price shows in how many products with H the last step took.
 *
 * Source: Eisenstat and Walker, "Choosing the forcing terms in an inexact Newton method", SIAM J. Sci.
 * Comput. 17 (1996).
 */
export const newtonSolver = (problem: LogLossProblem): NewtonSolver => {
  const length = scoreLength(problem)
  const size = length * countScores(problem)
  const { nRows } = problem.X
  if (size <= alwaysFactored || costOfFull(nRows, size) <= cheap) {
    return (theta, gradient) => {
      const step = Float64Array.from(gradient)
      solveScaled(factorScaled(curvature(problem, theta), size), step)
      centre(problem, step)
      return step
    }
  }
  const prepare = preparations(problem)
  let inverse: LinearOperator | undefined
  let isKept = false
  let budget = firstBudget
  return (theta, gradient, { share, smallGap }) => {
    const ofRows = rowCurvature(problem, theta)
    const better = prepare(budget, theta, ofRows)
    if (better) inverse = better
    else if (!isKept) inverse = undefined
    isKept = inverse !== undefined
    const { x, iterations } = conjugateGradient(
      curvatureProduct(problem, ofRows),
      gradient,
      inverse ?? diagonalInverse(problem, ofRows),
      ({ iteration, share: left, gain, lastGain }) => {
        const wanted = gain / 2 <= smallGap ? exact : share
        return left <= wanted && iteration * lastGain <= wanted * gain
      },
    )
    budget = worth * iterations
    centre(problem, x)
    return x
  }
}

/** The first step may spend so many products with H on what makes later ones fewer, … */
const firstBudget = 8
/** … and each further one so many for each product of the step before. */
const worth = 4

const costOfFull = (nRows: number, size: number) => (nRows * size * size) / 2 + size ** 3 / 6

/** So many rows for each parameter of a score approximate its block of the Hessian. */
const rowsPerParameter = 4

/**
 * What can be taken for the inverse of the Hessian, the nearest to it that costs no more than some
 * products with the Hessian; undefined where all cost more.
 */
const preparations = (problem: LogLossProblem) => {
  const { nRows, nColumns } = problem.X
  const nScores = countScores(problem)
  const length = scoreLength(problem)
  const size = length * nScores
  let gram: Float64Array | undefined
  return (
    budget: number,
    theta: Float64Array,
    ofRows: Float64Array,
  ): LinearOperator | undefined => {
    const affordable = budget * 2 * nRows * size
    if (size <= mostFactored && costOfFull(nRows, size) <= affordable) {
      const factor = factorScaled(curvature(problem, theta), size)
      return (r) => {
        const x = Float64Array.from(r)
        solveScaled(factor, x)
        return x
      }
    }
    const costOfGram = gram ? 0 : (nRows * nRows * nColumns) / 2
    const costOfRows = costOfGram + (nScores * nRows ** 3) / 6
    if (nRows < nColumns && problem.penalty === 1 && costOfRows <= affordable) {
      gram ??= gramOf(problem)
      const inverse = rowSpaceInverse(problem, ofRows, gram)
      if (inverse) return inverse
    }
    const costOfRow = (nScores * length * length) / 2
    const rows = (affordable - (nScores * length ** 3) / 6) / costOfRow
    const enough = rowsPerParameter * length
    if (rows < Math.min(nRows, enough)) return undefined
    return blockInverse(problem, ofRows, Math.min(nRows, Math.max(enough, rows / worth)))
  }
}
