import { solvePositive } from './cholesky.ts'
import { curvature } from './curvature.ts'
import { evaluate, type LogLossProblem } from './log-loss.ts'

/** How far a fit has come. */
export interface FitProgress {
  /** Steps taken so far. */
  readonly iteration: number
  readonly objective: number
  /** How much lower the minimum is estimated to lie: half the squared Newton decrement. */
  readonly gap: number
}

export interface MinimizeOptions {
  readonly maxIter: number
  /** The fit ends when the gap is at most this share of the objective. */
  readonly tol: number
  readonly onIteration?: ((progress: FitProgress) => void) | undefined
}

export interface Minimum {
  readonly theta: Float64Array
  readonly objective: number
  readonly gradient: Float64Array
  readonly nIter: number
  readonly converged: boolean
}

/** Enough rows to know the curvature to a few per cent. */
const rowsPerParameter = 400
/** If a step on the curvature of a sample gains less than this factor, all rows are looked at. */
const leastGain = 4

/**
 * Finds the minimum of the objective by Newton's method with a backtracking line search. The gradient
 * is always that of all rows. The curvature is that of a sample where the table is long: it only
 * decides how straight the way to the minimum is, not where the minimum lies, and a step then costs
 * one pass over the table.
 *
 * Sources: Boyd and Vandenberghe, Convex Optimization (2004), section 9.5; Byrd, Chin, Neveitt and
 * Nocedal, "On the use of stochastic Hessian information", SIAM J. Optim. 21 (2011).
 */
export const minimize = (
  problem: LogLossProblem,
  start: Float64Array,
  options: MinimizeOptions,
): Minimum => {
  const { nRows } = problem.X
  let sampled = Math.min(nRows, rowsPerParameter * start.length)
  let theta = start
  let gradient = new Float64Array(start.length)
  let objective = evaluate(problem, theta, gradient)
  let lastGap = Number.POSITIVE_INFINITY
  for (let iteration = 0; ; iteration++) {
    const hessian = curvature(problem, theta, sample(nRows, sampled), sampled)
    const step = solvePositive(hessian, start.length, gradient)
    const gap = dot(step, gradient) / 2
    options.onIteration?.({ iteration, objective, gap })
    const converged = gap <= options.tol * objective
    const next = iteration < options.maxIter && searchLine(problem, { theta, objective, step, gap })
    // The step is taken even from a point that is near enough: it squares what was left.
    if (next) {
      theta = next.theta
      objective = next.objective
      gradient = next.gradient
    }
    if (converged || !next) return { theta, objective, gradient, nIter: iteration, converged }
    if (gap * leastGain > lastGap) sampled = nRows
    lastGap = gap
  }
}

type Point = { readonly theta: Float64Array; readonly objective: number }

/** A share of the decrease that the slope promises; rounding may eat up as much as `noise`. */
const armijo = 1e-4
const noise = 1e-14
const mostHalvings = 60

const searchLine = (
  problem: LogLossProblem,
  { theta, objective, step, gap }: Point & { readonly step: Float64Array; readonly gap: number },
) => {
  const gradient = new Float64Array(theta.length)
  let length = 1
  for (let halving = 0; halving < mostHalvings; halving++) {
    const next = theta.map((value, i) => value - length * step[i])
    const reached = evaluate(problem, next, gradient)
    if (reached <= objective - armijo * length * 2 * gap + noise * objective) {
      return { theta: next, objective: reached, gradient }
    }
    length /= 2
  }
  return undefined
}

const dot = (a: Float64Array, b: Float64Array) => {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}

/** Row numbers spread evenly and without a period over the table: multiples of the golden ratio. */
function* sample(nRows: number, size: number): Generator<number> {
  if (size === nRows) for (let i = 0; i < nRows; i++) yield i
  else for (let i = 0; i < size; i++) yield Math.floor(((i * 0.6180339887498949) % 1) * nRows)
}
