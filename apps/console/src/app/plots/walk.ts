/** The index of the number that is nearest to one; undefined where there is none. */
export const nearestIndex = (sorted: readonly number[], value: number): number | undefined => {
  let nearest: number | undefined
  for (const [index, number] of sorted.entries()) {
    const best = nearest === undefined ? Number.POSITIVE_INFINITY : (sorted[nearest] ?? 0)
    if (Math.abs(number - value) < Math.abs(best - value)) nearest = index
  }
  return nearest
}

/**
 * The index that a key moves the mark to; undefined if it takes the mark away, and `other` if it is no key of the
 * picture.
 *
 * @param length how many points there are
 */
export const markAfter = (
  key: string,
  index: number | undefined,
  length: number,
): number | undefined | 'other' => {
  const last = length - 1
  if (key === 'Escape') return index === undefined ? 'other' : undefined
  if (last < 0) return 'other'
  if (key === 'Home') return 0
  if (key === 'End') return last
  if (key === 'ArrowLeft') return index === undefined ? last : Math.max(0, index - 1)
  if (key === 'ArrowRight') return index === undefined ? 0 : Math.min(last, index + 1)
  return 'other'
}
