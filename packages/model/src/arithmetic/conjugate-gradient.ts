import { dot } from './dot.ts'

/** A symmetric positive semidefinite matrix that is known by its products. */
export type LinearOperator = (v: Float64Array) => Float64Array

export interface Residual {
  readonly iteration: number
  /** The residual that is left, as a share of the right-hand side, both measured by the preconditioner. */
  readonly share: number
  /** b·x, and by how much it grew last: it grows towards b·A⁻¹·b. */
  readonly gain: number
  readonly lastGain: number
}

export interface Solution {
  readonly x: Float64Array
  /** Products with A that it took. */
  readonly iterations: number
}

const mostIterations = 250

/**
 * Solves A·x = b by preconditioned conjugate gradients until `isEnough`. Directions in which A is flat
 * and b has no part are left alone.
 *
 * @param precondition multiplies with the inverse of something near A
 *
 * Source: Nocedal and Wright, Numerical Optimization (2nd ed., 2006), algorithm 5.3.
 */
export const conjugateGradient = (
  A: LinearOperator,
  b: Float64Array,
  precondition: LinearOperator,
  isEnough: (residual: Residual) => boolean,
): Solution => {
  const x = new Float64Array(b.length)
  const residual = Float64Array.from(b)
  const direction = precondition(residual)
  let size = dot(residual, direction)
  const start = size
  let gain = 0
  let iteration = 0
  while (iteration < mostIterations && size > 0) {
    const product = A(direction)
    const bend = dot(direction, product)
    if (!(bend > 0)) break
    iteration++
    const length = size / bend
    for (let i = 0; i < x.length; i++) {
      x[i] += length * direction[i]
      residual[i] -= length * product[i]
    }
    const lastGain = length * size
    gain += lastGain
    const preconditioned = precondition(residual)
    const next = dot(residual, preconditioned)
    if (isEnough({ iteration, share: Math.sqrt(next / start), gain, lastGain })) break
    const growth = next / size
    for (let i = 0; i < x.length; i++) direction[i] = preconditioned[i] + growth * direction[i]
    size = next
  }
  return { x, iterations: iteration }
}
