/** Rows that go together, so that each element of the sum is loaded and stored once for all four. */
export const atOnce = 4

/** Where in a matrix of size × size doubles a block begins. */
export interface Block {
  readonly matrix: Float64Array
  readonly size: number
  readonly top: number
  readonly left: number
}

/**
 * Adds Σ weight · x·xᵀ over four rows x to a block of a symmetric matrix; of a block on the diagonal
 * only to the lower triangle.
 *
 * @param rows four rows of `length` doubles
 */
export const addOuterProducts = (
  { matrix, size, top, left }: Block,
  rows: Float64Array,
  weights: Float64Array,
): void => {
  const length = rows.length / atOnce
  const b = length
  const c = 2 * length
  const d = 3 * length
  for (let i = 0; i < length; i++) {
    const wa = weights[0] * rows[i]
    const wb = weights[1] * rows[b + i]
    const wc = weights[2] * rows[c + i]
    const wd = weights[3] * rows[d + i]
    const start = (top + i) * size + left
    const end = top === left ? i + 1 : length
    for (let j = 0; j < end; j++) {
      matrix[start + j] += wa * rows[j] + wb * rows[b + j] + (wc * rows[c + j] + wd * rows[d + j])
    }
  }
}
