import { dot } from './dot.ts'
import { evaluate, type LogLossProblem } from './log-loss.ts'
import { newtonStep } from './newton-step.ts'
import { thinOut } from './thin-out.ts'

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
  /** Whether the start is worth more than what a sample of the rows would tell. */
  readonly isWarm: boolean
  readonly onIteration?: ((progress: FitProgress) => void) | undefined
}

export interface Minimum {
  readonly theta: Float64Array
  readonly objective: number
  readonly gradient: Float64Array
  readonly nIter: number
  readonly converged: boolean
}

/** If a step on the curvature of a sample gains less than this factor, all rows are looked at. */
const leastGain = 4
/** How near a sample's fit comes to the minimum of the sample; that of the table lies further off. */
const sampleTol = 1e-6

/**
 * Finds the minimum of the objective by Newton's method with a backtracking line search.
 *
 * A long table is first fitted by a sample of its rows, and that by a sample of them. From there on
 * the gradient is that of all rows, while the curvature stays that of the sample: it only decides how
 * straight the way to the minimum is, not where the minimum lies, and a step then costs one pass over
 * the table.
 *
 * Sources: Boyd and Vandenberghe, Convex Optimization (2004), section 9.5; Byrd, Chin, Neveitt and
 * Nocedal, "On the use of stochastic Hessian information", SIAM J. Optim. 21 (2011).
 */
export const minimize = (
  problem: LogLossProblem,
  start: Float64Array,
  options: MinimizeOptions,
): Minimum => {
  const sample = thinOut(problem, start.length)
  let curved = sample ?? problem
  let theta = start
  if (sample && !options.isWarm) {
    theta = minimize(sample, start, { ...options, tol: sampleTol, onIteration: undefined }).theta
  }
  let gradient = new Float64Array(start.length)
  let objective = evaluate(problem, theta, gradient)
  let lastGap = Number.POSITIVE_INFINITY
  for (let iteration = 0; ; iteration++) {
    const step = newtonStep(curved, theta, gradient)
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
    const isStuck = !next && !(curved !== problem && iteration < options.maxIter)
    if (converged || isStuck) return { theta, objective, gradient, nIter: iteration, converged }
    if (!next || gap * leastGain > lastGap) curved = problem
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
