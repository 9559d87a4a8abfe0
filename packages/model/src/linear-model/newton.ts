import { dot } from '../arithmetic/dot.ts'
import { centre } from './centre.ts'
import { evaluate, evenOdds } from './log-loss.ts'
import type { LogLossProblem } from './log-loss-problem.ts'
import { newtonSolver } from './newton-solver.ts'
import { isSeparated, movesRows } from './separation.ts'
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
  /** Whether the given start is better than one that a sample of the rows would give. */
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
/** Steps are solved for the more exactly, the nearer the minimum is, between these bounds. */
const mostShare = 0.3
const leastShare = 0.1
/** A fit of many steps, as of separable rows, is one whose steps had better be exact. */
const manySteps = 20
const exactShare = 0.01
/** After more steps without a gain the fit gives up. */
const mostStill = 5

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
  let theta: Float64Array = Float64Array.from(start)
  centre(problem, theta)
  if (sample && !options.isWarm) {
    theta = minimize(sample, start, { ...options, tol: sampleTol, onIteration: undefined }).theta
  }
  let solve = newtonSolver(curved)
  let gradient: Float64Array = new Float64Array(start.length)
  let objective = evaluate(problem, theta, gradient)
  let lastGap = Number.POSITIVE_INFINITY
  let firstGap = 1
  let nStill = 0
  for (let iteration = 0; ; iteration++) {
    const step = solve(theta, gradient, {
      share: iteration < manySteps ? shareFor(lastGap / firstGap) : exactShare,
      smallGap: 10 * options.tol * objective,
    })
    const gap = dot(step, gradient) / 2
    options.onIteration?.({ iteration, objective, gap })
    const ending = endingOf(problem, { objective, step, gap }, options.tol)
    const next = iteration < options.maxIter && searchLine(problem, { theta, objective, step, gap })
    nStill = next && next.objective < objective * (1 - noise) ? 0 : nStill + 1
    // The step is taken even from a point that is near enough: it squares what was left.
    if (next) {
      theta = next.theta
      objective = next.objective
      gradient = next.gradient
    }
    const isStuck = !next && !(curved !== problem && iteration < options.maxIter)
    if (ending || isStuck || nStill > mostStill) {
      const converged = ending === 'minimum'
      return { theta, objective, gradient, nIter: iteration, converged }
    }
    if (curved !== problem && (!next || gap * leastGain > lastGap)) {
      curved = problem
      solve = newtonSolver(problem)
    }
    if (iteration === 0) firstGap = gap
    lastGap = gap
  }
}

const shareFor = (left: number) => Math.max(leastShare, Math.min(mostShare, Math.sqrt(left)))

/** A gap of this share of the objective is lost in its rounding. */
const invisible = 1e-16

/**
 * Why a fit ends at a point, if it does. Without a penalty there may be no minimum, and the objective
 * falls for ever: see the two tests for that.
 */
const endingOf = (
  problem: LogLossProblem,
  { objective, step, gap }: { objective: number; step: Float64Array; gap: number },
  tol: number,
): 'minimum' | 'noMinimum' | undefined => {
  const isNear = gap <= tol * objective
  if (problem.penalty === 1) return isNear ? 'minimum' : undefined
  if (isSeparated(problem, objective)) {
    return objective <= tol * evenOdds(problem) ? 'noMinimum' : undefined
  }
  if (!isNear) return undefined
  if (!movesRows(problem, step)) return 'minimum'
  return gap <= invisible * objective ? 'noMinimum' : undefined
}

type Point = { readonly theta: Float64Array; readonly objective: number }

/** A share of the decrease that the slope promises; rounding may eat up as much as `noise`. */
const armijo = 1e-4
const noise = 1e-14
const mostHalvings = 60

interface Line extends Point {
  readonly step: Float64Array
  readonly gap: number
}

type Reached = Point & { readonly gradient: Float64Array }

const walk = (problem: LogLossProblem, { theta, step }: Line, length: number): Reached => {
  const gradient = new Float64Array(theta.length)
  const next = theta.map((value, i) => value - length * step[i])
  return { theta: next, objective: evaluate(problem, next, gradient), gradient }
}

const searchLine = (problem: LogLossProblem, line: Line): Reached | undefined => {
  const { objective, gap } = line
  let length = 1
  for (let halving = 0; halving < mostHalvings; halving++) {
    const reached = walk(problem, line, length)
    if (reached.objective <= objective - armijo * length * 2 * gap + noise * objective) {
      return length === 1 && problem.penalty === 1 ? goOn(problem, line, reached) : reached
    }
    length /= 2
  }
  return undefined
}

/**
 * On separable data the losses fall like exp(-length), and Newton's step, which takes them for a
 * parabola, only comes one further. So the step is doubled as long as that halves the objective.
 * (Without a penalty there is no end to that, and no use in hurrying.)
 */
const goOn = (problem: LogLossProblem, line: Line, first: Reached): Reached => {
  let best = first
  let before = line.objective
  for (let length = 2; best.objective < before / 2 && isFalling(line, best); length *= 2) {
    const reached = walk(problem, line, length)
    if (!(reached.objective < best.objective)) break
    before = best.objective
    best = reached
  }
  return best
}

const isFalling = ({ step }: Line, { gradient }: Reached) => dot(step, gradient) > 0
