import type { CategorySetsBuilder } from '../evaluate/category-sets.ts'
import { brokenLine } from './lines.ts'
import { fieldOf, integerOf, integersOf, type Section } from './numbers.ts'

const INT_MAX = 2 ** 31 - 1

/**
 * The bitsets of a tree's categorical splits: of set i, the words cat_boundaries[i] to cat_boundaries[i + 1] of
 * cat_threshold.
 *
 * @returns the number of the first set, and how many there are
 */
export function readCategorySets(section: Section, sets: CategorySetsBuilder) {
  const count = integerOf(section, 'num_cat', [0, INT_MAX])
  if (count === 0) return { first: 0, count }
  const boundaries = integersOf(section, 'cat_boundaries', count + 1, [0, INT_MAX])
  if (boundaries[0] !== 0 || boundaries.some((end, i) => i > 0 && end < boundaries[i - 1]))
    throw brokenLine(
      fieldOf(section, 'cat_boundaries'),
      'cat_boundaries do not rise from 0',
      section.tree,
    )
  const words = integersOf(section, 'cat_threshold', boundaries[count], [0, 2 ** 32 - 1])
  const bits = Uint32Array.from(words)
  let first = 0
  for (let i = 0; i < count; i++) {
    const set = sets.addBits(bits.subarray(boundaries[i], boundaries[i + 1]))
    if (i === 0) first = set
  }
  return { first, count }
}
