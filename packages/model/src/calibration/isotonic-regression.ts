import { ModelError } from '../errors.ts'
import { checkMembers } from '../linear-model/check-options.ts'
import { checkSampleWeight } from '../linear-model/class-weights.ts'
import { toFiniteNumbers } from '../validation/check-numbers.ts'

/** Points that a rising line goes through: `x` in ascending order, `y` never falling. */
export interface IsotonicPoints {
  readonly x: readonly number[]
  readonly y: readonly number[]
}

/**
 * The rising steps that are nearest to some points by least squares. Between the points of the fit, predictions lie on a
 * straight line; outside of them, they are those of the nearest end.
 *
 * Source: `sklearn.isotonic.IsotonicRegression` with `out_of_bounds="clip"`, 1.2; R. E. Barlow, D. J. Bartholomew,
 * J. M. Bremner, H. D. Brunk, "Statistical Inference under Order Restrictions", 1972 (pool adjacent violators).
 *
 * @example
 * new IsotonicRegression().fit([1, 2, 3, 4], [1, 3, 2, 4]).predict([2, 3.5]) // [2.5, 3.25]
 */
export class IsotonicRegression {
  /**
   * @param x a finite number for each row
   * @param y what belongs to it
   * @throws {ModelError} `invalid_data` when x, y and the weights do not fit together
   */
  fit(
    x: ArrayLike<number>,
    y: ArrayLike<number>,
    options: { readonly sampleWeight?: ArrayLike<number> | null | undefined } = {},
  ): IsotonicModel {
    checkMembers(options, ['sampleWeight'], 'fit')
    return new IsotonicModel(fitIsotonic(x, y, options.sampleWeight))
  }
}

class IsotonicModel {
  readonly points: IsotonicPoints

  constructor(points: IsotonicPoints) {
    this.points = points
  }

  /** @throws {ModelError} `invalid_data` at a value that is no finite number */
  predict(x: ArrayLike<number>): number[] {
    return Array.from(toFiniteNumbers(x, 'x'), (value) => interpolate(this.points, value))
  }
}

/** The height of the line at a place. */
export function interpolate({ x, y }: IsotonicPoints, value: number): number {
  if (value <= x[0]) return y[0]
  let low = 0
  let high = x.length - 1
  if (value >= x[high]) return y[high]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (x[middle] <= value) low = middle
    else high = middle
  }
  const slope = (y[high] - y[low]) / (x[high] - x[low])
  return Math.min(Math.max(slope * (value - x[low]) + y[low], y[low]), y[high])
}

/** @throws {ModelError} as `IsotonicRegression.fit` does */
export function fitIsotonic(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  sampleWeight: ArrayLike<number> | null | undefined,
): IsotonicPoints {
  const places = toFiniteNumbers(x, 'x')
  const heights = toFiniteNumbers(y, 'y')
  if (places.length !== heights.length) {
    throw new ModelError(
      'invalid_data',
      `x has ${places.length} numbers and y ${heights.length}; expected as many`,
    )
  }
  const weights = sampleWeight ?? undefined
  if (weights !== undefined) checkSampleWeight(weights, places.length)
  const order = Uint32Array.from(places, (_, row) => row)
    .filter((row) => weights === undefined || weights[row] > 0)
    .sort((a, b) => places[a] - places[b] || heights[a] - heights[b])
  if (order.length === 0) {
    throw new ModelError('invalid_data', 'x has no row with a weight; expected at least one')
  }
  const points: Pool[] = []
  for (const row of order) {
    const weight = weights?.[row] ?? 1
    const last = points.at(-1)
    if (last !== undefined && places[row] - last.x < samePlace) {
      last.sum += weight * heights[row]
      last.weight += weight
    } else points.push({ x: places[row], sum: weight * heights[row], weight })
  }
  return withoutInnerPoints(
    points.map(({ x: place }) => place),
    poolViolators(points),
  )
}

/** scikit-learn takes places for the same that are nearer to each other. */
const samePlace = 1e-15

interface Pool {
  readonly x: number
  sum: number
  weight: number
}

/** Neighbours whose heights fall get their common mean, until nothing falls. */
function poolViolators(points: readonly Pool[]): number[] {
  const pools: { sum: number; weight: number; count: number }[] = []
  for (const { sum, weight } of points) {
    let pool = { sum, weight, count: 1 }
    for (let last = pools.at(-1); last !== undefined; last = pools.at(-1)) {
      if (last.sum / last.weight < pool.sum / pool.weight) break
      pool = {
        sum: last.sum + pool.sum,
        weight: last.weight + pool.weight,
        count: last.count + pool.count,
      }
      pools.pop()
    }
    pools.push(pool)
  }
  return pools.flatMap(({ sum, weight, count }) => new Array<number>(count).fill(sum / weight))
}

/** Of a level stretch the ends are enough. */
function withoutInnerPoints(x: readonly number[], y: readonly number[]): IsotonicPoints {
  const isNeeded = (i: number) =>
    i === 0 || i === y.length - 1 || y[i] !== y[i - 1] || y[i] !== y[i + 1]
  return { x: x.filter((_, i) => isNeeded(i)), y: y.filter((_, i) => isNeeded(i)) }
}
