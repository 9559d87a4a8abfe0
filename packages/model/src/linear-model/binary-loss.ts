import { fastExp } from '../arithmetic/exp.ts'
import { Matrix } from '../matrix.ts'
import type { LogLossProblem } from './log-loss-problem.ts'
import { isPlain, passRows } from './row-pass.ts'

/**
 * The loss of two classes without its penalty, and its gradient: one score z, and the probability
 * 1 / (1 + exp(-z)) of the second class.
 */
export const binaryLoss = (
  problem: LogLossProblem,
  theta: Float64Array,
  gradient: Float64Array,
): number => {
  const { X } = problem
  if (X instanceof Matrix && isPlain(problem)) return plainLoss(problem, X, theta, gradient)
  const { codes, rowWeights } = problem
  const loss = new Loss()
  passRows(problem, theta, gradient, (scores, at, i) => {
    scores[at] = loss.add(scores[at], codes[i], rowWeights[i])
  })
  return loss.total()
}

/**
 * The same for columns that are read as they are. Four rows go together, so that each weight is loaded
 * once for all four and their sums do not wait for one another; `passRows` would do as much, a tenth
 * slower.
 */
const plainLoss = (
  problem: LogLossProblem,
  { data, nRows, nColumns }: Matrix,
  theta: Float64Array,
  gradient: Float64Array,
): number => {
  const { codes, rowWeights, hasIntercept } = problem
  const { factor } = problem.scales
  const weights = factor.map((value, j) => value * theta[j])
  const intercept = hasIntercept ? theta[nColumns] : 0
  const slope = new Float64Array(nColumns)
  const loss = new Loss()
  let interceptSlope = 0
  const end = nRows - (nRows % 4)
  for (let i = 0; i < end; i += 4) {
    const a = i * nColumns
    const b = a + nColumns
    const c = b + nColumns
    const d = c + nColumns
    let za = intercept
    let zb = intercept
    let zc = intercept
    let zd = intercept
    for (let j = 0; j < nColumns; j++) {
      const weight = weights[j]
      za += weight * data[a + j]
      zb += weight * data[b + j]
      zc += weight * data[c + j]
      zd += weight * data[d + j]
    }
    const ea = loss.add(za, codes[i], rowWeights[i])
    const eb = loss.add(zb, codes[i + 1], rowWeights[i + 1])
    const ec = loss.add(zc, codes[i + 2], rowWeights[i + 2])
    const ed = loss.add(zd, codes[i + 3], rowWeights[i + 3])
    interceptSlope += ea + eb + (ec + ed)
    for (let j = 0; j < nColumns; j++) {
      slope[j] += ea * data[a + j] + eb * data[b + j] + (ec * data[c + j] + ed * data[d + j])
    }
  }
  for (let i = end; i < nRows; i++) {
    const start = i * nColumns
    let z = intercept
    for (let j = 0; j < nColumns; j++) z += weights[j] * data[start + j]
    const error = loss.add(z, codes[i], rowWeights[i])
    interceptSlope += error
    for (let j = 0; j < nColumns; j++) slope[j] += error * data[start + j]
  }
  for (let j = 0; j < nColumns; j++) gradient[j] = slope[j] * factor[j]
  if (hasIntercept) gradient[nColumns] = interceptSlope
  return loss.total()
}

/** A product of so many numbers between 1 and 2 is still a double. */
const mostFactors = 512

/**
 * Adds up weight · log(1 + exp(∓z)). Logarithms are dear, and the sum of those of rows with the same
 * weight is the logarithm of a product, so one is taken for many rows. One is taken away from the
 * product, so that it keeps the digits of exponentials that are next to nothing.
 */
class Loss {
  #sum = 0
  #productLess1 = 0
  #nFactors = 0
  #weight = 1

  /** Adds a row, and gives the derivative of its part by its score. */
  add(z: number, code: number, weight: number): number {
    // exp of a negative number only, so nothing overflows.
    const small = fastExp(-Math.abs(z))
    const isRight = z > 0 === (code === 1)
    if (weight !== this.#weight || this.#nFactors === mostFactors) this.#take(weight)
    this.#productLess1 += small + this.#productLess1 * small
    this.#nFactors++
    if (!isRight) this.#sum += weight * Math.abs(z)
    const error = (isRight ? small * weight : weight) / (1 + small)
    return code === 1 ? -error : error
  }

  total(): number {
    this.#take(1)
    return this.#sum
  }

  #take(nextWeight: number): void {
    this.#sum += this.#weight * Math.log1p(this.#productLess1)
    this.#productLess1 = 0
    this.#nFactors = 0
    this.#weight = nextWeight
  }
}
