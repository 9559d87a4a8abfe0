import type { RandomState } from '../random/random-state.ts'
import { sampleWithoutReplacement } from '../random/sample-without-replacement.ts'

/** The most dimensions whose vertices are drawn by number. */
const NUMBERED_DIMENSIONS = 30

/**
 * Different vertices of the unit hypercube: `count` rows of `dimensions` zeros and ones. Above 30
 * dimensions the leading ones are drawn one by one, and only the last 30 make the rows differ.
 *
 * Source: `_generate_hypercube` of scikit-learn.
 */
export function hypercubeVertices(
  count: number,
  dimensions: number,
  random: RandomState,
): number[][] {
  if (dimensions > NUMBERED_DIMENSIONS) {
    const leading = Array.from({ length: count }, () =>
      Array.from({ length: dimensions - NUMBERED_DIMENSIONS }, () => random.randint(2)),
    )
    const trailing = hypercubeVertices(count, NUMBERED_DIMENSIONS, random)
    return leading.map((bits, i) => [...bits, ...trailing[i]])
  }
  const numbers = sampleWithoutReplacement(2 ** dimensions, count, random)
  return Array.from(numbers, (number) =>
    Array.from({ length: dimensions }, (_, bit) => (number >>> (dimensions - 1 - bit)) & 1),
  )
}
