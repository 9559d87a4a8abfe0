import { minimizeL1Quadratic, violationOf } from './l1-quadratic.ts'
import type { MinimizeOptions, Minimum } from './newton.ts'

/** A smooth convex function plus Σ λⱼ |θⱼ|. */
export interface L1Objective {
  /** The smooth part, and its gradient, which is overwritten. */
  readonly evaluate: (theta: Float64Array, gradient: Float64Array) => number
  /** The Hessian of the smooth part among some parameters, row after row; at least its lower triangle. */
  readonly hessian: (theta: Float64Array, places: readonly number[]) => Float64Array
  /** The λⱼ: at least 0. */
  readonly penalties: Float64Array
}

/** No more parameters than this leave 0 at once. */
const mostNew = 1000
const armijo = 1e-4
const noise = 1e-14
const mostHalvings = 50

/**
 * Finds the minimum by Newton steps, each of which solves the quadratic problem with the penalty as well as it needs. Only parameters
 * that are not 0, or whose slope would move them, take part in a step.
 *
 * Source: J. D. Lee, Y. Sun, M. A. Saunders, "Proximal Newton-type methods for minimizing composite functions", SIAM J.
 * Optim. 24, 2014; G.-X. Yuan, C.-H. Ho, C.-J. Lin, "An improved GLMNET for L1-regularized logistic regression", JMLR 13, 2012.
 */
export function minimizeL1(
  objective: L1Objective,
  start: Float64Array,
  { maxIter, tol, onIteration }: MinimizeOptions,
): Minimum {
  const { penalties } = objective
  const sizeOf = (theta: Float64Array) =>
    theta.reduce((sum, value, j) => sum + penalties[j] * Math.abs(value), 0)
  let theta: Float64Array = start.slice()
  let gradient: Float64Array = new Float64Array(theta.length)
  let smooth = objective.evaluate(theta, gradient)
  // Below this share of the start, what a step promises is rounding.
  const least = 1e-24 * Math.abs(smooth + sizeOf(theta))
  for (let iteration = 0; ; iteration++) {
    const value = smooth + sizeOf(theta)
    const places = placesThatMove(theta, gradient, penalties)
    const next = solveFor(objective, theta, gradient, places)
    const step = next.map((target, j) => target - theta[j])
    // What the step promises, by the slope alone: the gap to the minimum is about half of it.
    let promise = sizeOf(theta) - sizeOf(next)
    for (let j = 0; j < step.length; j++) promise -= gradient[j] * step[j]
    const gap = Math.max(promise, 0) / 2
    onIteration?.({ iteration, objective: value, gap })
    const isNear = !(promise > Math.max(2 * tol * Math.abs(value), least))
    let taken = false
    for (let length = 1, halving = 0; iteration < maxIter && halving < mostHalvings; halving++) {
      const reached = length === 1 ? next : theta.map((old, j) => old + length * step[j])
      const slopes = new Float64Array(theta.length)
      const value2 = objective.evaluate(reached, slopes)
      const decrease = value - (value2 + sizeOf(reached))
      if (decrease >= armijo * length * promise - noise * Math.abs(value)) {
        taken = true
        theta = reached
        gradient = slopes
        smooth = value2
        break
      }
      length /= 2
    }
    if (isNear || !taken || iteration >= maxIter) {
      return {
        theta,
        objective: smooth + sizeOf(theta),
        gradient: Float64Array.of(violationOf(theta, gradient, penalties)),
        nIter: iteration,
        converged: isNear,
      }
    }
  }
}

function placesThatMove(
  theta: Float64Array,
  gradient: Float64Array,
  penalties: Float64Array,
): number[] {
  const there: number[] = []
  const wanted: number[] = []
  for (let j = 0; j < theta.length; j++) {
    if (theta[j] !== 0 || penalties[j] === 0) there.push(j)
    else if (Math.abs(gradient[j]) > penalties[j]) wanted.push(j)
  }
  if (wanted.length > mostNew) {
    const pull = (j: number) => Math.abs(gradient[j]) / penalties[j]
    wanted.sort((a, b) => pull(b) - pull(a)).length = mostNew
  }
  return [...there, ...wanted].sort((a, b) => a - b)
}

function solveFor(
  objective: L1Objective,
  theta: Float64Array,
  gradient: Float64Array,
  places: readonly number[],
): Float64Array {
  const size = places.length
  const hessian = objective.hessian(theta, places)
  for (let a = 0; a < size; a++) {
    // A flat direction, such as the same shift for all classes, is left where it is.
    hessian[a * size + a] *= 1 + 1e-12
    for (let b = 0; b < a; b++) hessian[b * size + a] = hessian[a * size + b]
  }
  const take = (values: Float64Array) => Float64Array.from(places, (j) => values[j])
  const solution = minimizeL1Quadratic({
    hessian,
    gradient: take(gradient),
    theta: take(theta),
    penalties: take(objective.penalties),
  })
  const next = theta.slice()
  for (const [a, j] of places.entries()) next[j] = solution[a]
  return next
}
