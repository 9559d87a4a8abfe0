import { dot } from './dot.ts'

/** A symmetric positive semidefinite matrix that is known by its diagonal and its products. */
export interface LinearOperator {
  readonly diagonal: Float64Array
  readonly multiply: (v: Float64Array) => Float64Array
}

/** The residual that is left, as a share of the right-hand side, both measured by the preconditioner. */
const tolerance = 1e-3
const mostIterations = 250

/**
 * Solves A·x = b to three digits by conjugate gradients, preconditioned by A's diagonal. Directions in
 * which A is flat and b has no part are left alone.
 *
 * Source: Nocedal and Wright, Numerical Optimization (2nd ed., 2006), algorithm 5.3.
 */
export const conjugateGradient = (A: LinearOperator, b: Float64Array): Float64Array => {
  const precondition = (r: Float64Array) => r.map((value, i) => value / (A.diagonal[i] || 1))
  const x = new Float64Array(b.length)
  const residual = Float64Array.from(b)
  let direction = precondition(residual)
  let size = dot(residual, direction)
  const small = tolerance * tolerance * size
  for (let iteration = 0; iteration < mostIterations && size > small; iteration++) {
    const product = A.multiply(direction)
    const bend = dot(direction, product)
    if (!(bend > 0)) break
    const length = size / bend
    for (let i = 0; i < x.length; i++) {
      x[i] += length * direction[i]
      residual[i] -= length * product[i]
    }
    const preconditioned = precondition(residual)
    const next = dot(residual, preconditioned)
    const share = next / size
    direction = preconditioned.map((value, i) => value + share * direction[i])
    size = next
  }
  return x
}
