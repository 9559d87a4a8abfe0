import type { CategorySets } from './category-sets.ts'

/**
 * All trees in flat arrays. A node takes 16 bytes: its threshold (a double), the feature with the way of missing
 * values, and its left child, behind which the right one stands. A leaf is its own left child, and its threshold
 * NaN lets nothing pass to the right: walking on at a leaf stays there.
 */
export interface Forest {
  /** Of node n, the threshold at 2n. */
  readonly thresholds: Float64Array
  /** The same memory: of node n, at 4n + 2 the feature (or ~feature: missing goes left), at 4n + 3 the left child. */
  readonly words: Int32Array
  /** What a leaf gives; with vector leaves, where its values begin in `vectors`. */
  readonly leaves: Float64Array
  /** One of SPLIT for each node. */
  readonly kinds: Uint8Array
  readonly sets: CategorySets
  /** Of each tree, its first node. */
  readonly roots: Int32Array
  /** Of each tree, the output it adds to. */
  readonly outputs: Int32Array
  /** Of each tree, how many steps the longest way takes. */
  readonly depths: Int32Array
  /** Of each tree, one of WALK. */
  readonly walks: Uint8Array
  /** Values of vector leaves, each as many as there are outputs; empty without such. */
  readonly vectors: Float64Array
  readonly linear: LinearLeaves | undefined
}

/** LightGBM's linear trees: a leaf gives its constant and a weighted sum of features. */
export interface LinearLeaves {
  /** Of each node, its constant; NaN for leaves of trees that are not linear. */
  readonly constants: Float64Array
  /** Of each node, where its terms begin, and at the end their number. */
  readonly starts: Int32Array
  readonly features: Int32Array
  readonly weights: Float64Array
}

/** How a tree is walked. */
export const WALK = {
  /** The same number of steps for each row. */
  steps: 0,
  /** Until a leaf is reached. */
  untilLeaf: 1,
  /** Until a leaf is reached, with an eye on each node's kind. */
  general: 2,
} as const
