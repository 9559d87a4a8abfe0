/** How a node decides. All but `NUMBER` take the slower of the two ways through a tree. */
export const SPLIT = {
  /** Left if the value is below the threshold; a missing one goes where the node says. */
  number: 0,
  /** XGBoost: right if the category is in the set; no category at all goes left. */
  categoryRight: 1,
  /** LightGBM: left if the category is in the set; all else, and missing ones, go right. */
  categoryLeft: 2,
  /** LightGBM with zero_as_missing: zero and NaN are missing; left if not above the threshold. */
  zeroMissing: 3,
  /** Left unless missing: a threshold of infinity, which includes infinity itself. */
  allLeft: 4,
} as const
