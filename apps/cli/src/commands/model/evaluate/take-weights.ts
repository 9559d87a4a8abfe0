/** The weights of some rows; undefined where all count alike. */
export const takeWeights = (
  weights: Float64Array | undefined,
  rows: ArrayLike<number>,
): Float64Array | undefined => weights && Float64Array.from(rows, (row) => weights[row])
