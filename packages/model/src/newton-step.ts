import { solvePositive } from './cholesky.ts'
import { conjugateGradient } from './conjugate-gradient.ts'
import { curvature } from './curvature.ts'
import { curvatureProduct } from './curvature-product.ts'
import type { LogLossProblem } from './log-loss.ts'

/** With more parameters than this, the Hessian costs more to make and to factor than it is worth. */
const mostFactored = 500

/**
 * Newton's step at `theta`: the x with H·x = gradient, to be subtracted. For many parameters H is
 * never made, and x is found to three digits, which is enough to gain as many with each step.
 */
export const newtonStep = (
  problem: LogLossProblem,
  theta: Float64Array,
  gradient: Float64Array,
): Float64Array => {
  if (theta.length <= mostFactored) {
    return solvePositive(curvature(problem, theta), theta.length, gradient)
  }
  return conjugateGradient(curvatureProduct(problem, theta), gradient)
}
