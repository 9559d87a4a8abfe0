import type { RandomState } from './random-state.ts'

/**
 * Draws `count` different integers out of the `population` integers from 0 up, for a population
 * of at most 2^32, with the method that scikit-learn chooses for these sizes.
 *
 * Source: `sklearn.utils.random.sample_without_replacement`, method "auto".
 */
export function sampleWithoutReplacement(
  population: number,
  count: number,
  random: RandomState,
): ArrayLike<number> {
  const ratio = count / population
  if (ratio > 0.01 && ratio < 0.99) return random.permutation(population).subarray(0, count)
  return ratio < 0.2
    ? drawUnseen(population, count, random)
    : drawReservoir(population, count, random)
}

/** Draws again whatever was drawn before: quick while few of many are wanted. */
function drawUnseen(population: number, count: number, random: RandomState): number[] {
  const seen = new Set<number>()
  while (seen.size < count) seen.add(random.randint(population))
  return [...seen]
}

/** Fills a reservoir and lets each later integer take a random place: quick for nearly all. */
function drawReservoir(population: number, count: number, random: RandomState): number[] {
  const reservoir = Array.from({ length: count }, (_, i) => i)
  for (let i = count; i < population; i++) {
    const place = random.randint(i + 1)
    if (place < count) reservoir[place] = i
  }
  return reservoir
}
