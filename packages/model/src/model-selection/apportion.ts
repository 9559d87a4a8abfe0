import type { RandomState } from '../random/random-state.ts'

/**
 * Divides `total` among classes in proportion to their counts: each share rounded down, then one
 * more for the largest remainders, ties by lot.
 *
 * Source: `_approximate_mode` of scikit-learn: nearly the mode of the multivariate hypergeometric
 * distribution.
 */
export function apportion(counts: readonly number[], total: number, random: RandomState): number[] {
  const sum = counts.reduce((a, b) => a + b, 0)
  const exact = counts.map((count) => (count / sum) * total)
  const shares = exact.map(Math.floor)
  const remainders = exact.map((share, k) => share - shares[k])
  let left = total - shares.reduce((a, b) => a + b, 0)
  for (const remainder of [...new Set(remainders)].sort((a, b) => b - a)) {
    if (left <= 0) break
    const tied = [...remainders.keys()].filter((k) => remainders[k] === remainder)
    const chosen = random.permutation(tied.length).subarray(0, left)
    for (const i of chosen) shares[tied[i]] += 1
    left -= chosen.length
  }
  return shares
}
