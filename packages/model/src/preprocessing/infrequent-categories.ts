import type { CountedCategories } from './categories.ts'

/** When categories are too rare for columns of their own. */
export interface InfrequentOptions {
  /** The fewest rows that a category needs: a whole number of rows, or a share of all rows between 0 and 1. */
  readonly minFrequency?: number | null | undefined
  /** The most columns for one feature, the one for all infrequent categories among them. */
  readonly maxCategories?: number | null | undefined
}

/**
 * The indices of the categories that share a column, in ascending order: those with fewer rows than `minFrequency`, and
 * then the rarest until there are no more than `maxCategories` columns. Of equally rare ones the last are kept. A column
 * with exactly `maxCategories` categories has its rarest one called infrequent.
 *
 * Source: `sklearn.preprocessing.OneHotEncoder`, 1.2. There `max_categories=1` has no effect; here all categories share the
 * column then, as in scikit-learn from 1.3 on.
 */
export function infrequentCategories(
  { counts }: CountedCategories,
  nRows: number,
  { minFrequency, maxCategories }: InfrequentOptions,
): number[] {
  const fewest = minFrequency ?? 0
  const least = fewest < 1 ? fewest * nRows : fewest
  const isInfrequent = Array.from(counts, (count) => count < least)
  const nFrequent = isInfrequent.filter((rare) => !rare).length
  const most = maxCategories ?? Number.POSITIVE_INFINITY
  if (most < nFrequent + 1) {
    const byCount = Array.from(counts.keys()).sort((a, b) => counts[a] - counts[b])
    for (const index of byCount.slice(0, byCount.length - (most - 1))) isInfrequent[index] = true
  }
  return Array.from(isInfrequent.keys()).filter((index) => isInfrequent[index])
}
