import { factorScaled, solveScaled } from '../arithmetic/cholesky.ts'

/** g·(u - θ) + ½ (u - θ)·H·(u - θ) + Σ λⱼ |uⱼ|, to be minimised over u. */
export interface L1Quadratic {
  /** Symmetric, row after row. */
  readonly hessian: Float64Array
  readonly gradient: Float64Array
  readonly theta: Float64Array
  /** The λⱼ: at least 0. */
  readonly penalties: Float64Array
}

const mostSweeps = 2000
/** After so many sweeps, and twice as many each time, the signs of the solution are tried for good. */
const firstTrial = 5
/** How far a gradient may lie outside of its bounds, as a share of the largest one at the start. */
const tolerance = 1e-14
/** So many parameters at most become 0 in one trial. */
const mostStops = 10
/** It is enough to come so much nearer: the next step has another quadratic function. */
const nearer = 1e-3

/**
 * Comes near the minimum by coordinate descent, which finds which parameters are 0 and the signs of the others. Linear systems
 * give the rest of the way exactly.
 *
 * Source: J. Friedman, T. Hastie, R. Tibshirani, "Regularization paths for generalized linear models via coordinate
 * descent", Journal of Statistical Software 33, 2010.
 */
export function minimizeL1Quadratic(problem: L1Quadratic): Float64Array {
  const { hessian, gradient, theta, penalties } = problem
  const size = theta.length
  const u = theta.slice()
  const slopes = gradient.slice()
  const bound = tolerance * gradient.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const enough = Math.max(bound, nearer * violationOf(theta, gradient, penalties))
  let trial = firstTrial
  for (let sweep = 1; sweep <= mostSweeps; sweep++) {
    for (let j = 0; j < size; j++) {
      const curvature = hessian[j * size + j]
      if (!(curvature > 0)) continue
      const next = softThreshold(u[j] - slopes[j] / curvature, penalties[j] / curvature)
      moveBy(problem, slopes, j, next - u[j])
      u[j] = next
    }
    const isEnough = violationOf(u, slopes, penalties) <= enough
    if (isEnough || sweep === trial) {
      trial *= 2
      if (finish(problem, u, slopes, bound) || isEnough) break
    }
  }
  return u
}

/** The value nearest to 0 that lies no further away than `by`. */
function softThreshold(value: number, by: number): number {
  if (value > by) return value - by
  return value < -by ? value + by : 0
}

function moveBy({ hessian }: L1Quadratic, slopes: Float64Array, j: number, by: number): void {
  if (by === 0) return
  const row = j * slopes.length
  for (let i = 0; i < slopes.length; i++) slopes[i] += by * hessian[row + i]
}

/** How far the slopes are from those of a minimum, at most. */
export function violationOf(
  u: Float64Array,
  slopes: Float64Array,
  penalties: Float64Array,
): number {
  let most = 0
  for (let j = 0; j < u.length; j++) {
    const off =
      u[j] === 0
        ? Math.abs(slopes[j]) - penalties[j]
        : Math.abs(slopes[j] + Math.sign(u[j]) * penalties[j])
    if (off > most) most = off
  }
  return most
}

/**
 * Goes to the minimum among the parameters that are not 0, with the signs that they have. One that would change its sign on the
 * way stops the others there, becomes 0, and is left out from then on: coordinate descent alone may take thousands of sweeps to get
 * it to 0. Each part of the way lowers the function.
 *
 * @returns whether no other parameter wants to leave 0
 */
function finish(
  problem: L1Quadratic,
  u: Float64Array,
  slopes: Float64Array,
  bound: number,
): boolean {
  for (let stop = 0; stop < mostStops; stop++) {
    const places = placesOf(u, problem.penalties)
    if (places.length === 0) return false
    const step = stepAmong(problem, u, slopes, places)
    const { share, blocked } = wayAlong(problem, u, places, step)
    for (const [a, j] of places.entries()) {
      const by = j === blocked ? -u[j] : -share * step[a]
      moveBy(problem, slopes, j, by)
      u[j] += by
    }
    if (blocked === undefined) return violationOf(u, slopes, problem.penalties) <= 1e3 * bound
  }
  return false
}

function placesOf(u: Float64Array, penalties: Float64Array): number[] {
  const places: number[] = []
  for (let j = 0; j < u.length; j++) if (u[j] !== 0 || penalties[j] === 0) places.push(j)
  return places
}

/** What to take from the parameters at `places` to get to their minimum, if none of them changes its sign. */
function stepAmong(
  { hessian, penalties }: L1Quadratic,
  u: Float64Array,
  slopes: Float64Array,
  places: readonly number[],
): Float64Array {
  const count = places.length
  const part = new Float64Array(count * count)
  for (const [a, j] of places.entries()) {
    for (let b = 0; b <= a; b++) part[a * count + b] = hessian[j * u.length + places[b]]
  }
  const step = Float64Array.from(places, (j) => slopes[j] + Math.sign(u[j]) * penalties[j])
  solveScaled(factorScaled(part, count), step)
  return step
}

/** How much of a step can be taken until the first parameter with a penalty comes to 0, and which one that is. */
function wayAlong(
  { penalties }: L1Quadratic,
  u: Float64Array,
  places: readonly number[],
  step: Float64Array,
): { readonly share: number; readonly blocked: number | undefined } {
  let share = 1
  let blocked: number | undefined
  for (const [a, j] of places.entries()) {
    const until = u[j] / step[a]
    if (penalties[j] > 0 && until > 0 && until <= share) {
      share = until
      blocked = j
    }
  }
  return { share, blocked }
}
