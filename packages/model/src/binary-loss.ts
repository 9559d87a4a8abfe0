import type { LogLossProblem } from './log-loss.ts'

/** The weights of the columns as they are: θ · factor. */
const unscaledWeights = (factor: Float64Array, theta: Float64Array, start: number) =>
  factor.map((value, j) => value * theta[start + j])

/**
 * The loss of two classes without its penalty, and its gradient: one score z, and the probability
 * 1 / (1 + exp(-z)) of the second class.
 */
export const binaryLoss = (
  problem: LogLossProblem,
  theta: Float64Array,
  gradient: Float64Array,
): number => {
  const { X, codes, rowWeights, scales, hasIntercept } = problem
  const { data, nRows, nColumns } = X
  const { shift, factor } = scales
  const weights = unscaledWeights(factor, theta, 0)
  const intercept = hasIntercept ? theta[nColumns] : 0
  const centred = new Float64Array(nColumns)
  const slope = new Float64Array(nColumns)
  // A sum of four chains: one alone would wait for each addition to end before the next.
  const paired = nColumns - (nColumns % 4)
  let loss = 0
  let interceptSlope = 0
  for (let i = 0, at = 0; i < nRows; i++) {
    let z0 = intercept
    let z1 = 0
    let z2 = 0
    let z3 = 0
    let j = 0
    for (; j < paired; j += 4, at += 4) {
      const c0 = data[at] - shift[j]
      const c1 = data[at + 1] - shift[j + 1]
      const c2 = data[at + 2] - shift[j + 2]
      const c3 = data[at + 3] - shift[j + 3]
      centred[j] = c0
      centred[j + 1] = c1
      centred[j + 2] = c2
      centred[j + 3] = c3
      z0 += weights[j] * c0
      z1 += weights[j + 1] * c1
      z2 += weights[j + 2] * c2
      z3 += weights[j + 3] * c3
    }
    for (; j < nColumns; j++, at++) {
      const c = data[at] - shift[j]
      centred[j] = c
      z0 += weights[j] * c
    }
    const z = z0 + z1 + (z2 + z3)
    const weight = rowWeights[i]
    // exp of a negative number only, so nothing overflows: log(1 + e^z) = max(z, 0) + log(1 + e^-|z|).
    const small = Math.exp(-Math.abs(z))
    const isPositive = codes[i] === 1
    loss += weight * (Math.log1p(small) + (z > 0 === isPositive ? 0 : Math.abs(z)))
    const error =
      weight *
      (isPositive ? -1 : 1) *
      (z > 0 === isPositive ? small / (1 + small) : 1 / (1 + small))
    interceptSlope += error
    for (let k = 0; k < nColumns; k++) slope[k] += error * centred[k]
  }
  for (let j = 0; j < nColumns; j++) gradient[j] = slope[j] * factor[j]
  if (hasIntercept) gradient[nColumns] = interceptSlope
  return loss
}
