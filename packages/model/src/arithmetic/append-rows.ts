/**
 * Takes rows into the triangular factor R of all rows before them, by Householder reflections. After all rows, RᵀR is the sum
 * of their outer products, as in a Gram matrix, but without squaring the condition number. Only R and one block of rows are
 * in memory.
 *
 * @param r size × size doubles, row after row, the upper triangle is R; changed in place
 * @param block `size` columns of `nRows` doubles each, one after the other; its contents are lost
 *
 * Source: Golub and Van Loan, Matrix Computations (4th ed.), sections 5.1.1 and 6.5.3.
 */
export function appendRows(
  r: Float64Array,
  size: number,
  block: Float64Array,
  nRows: number,
): void {
  for (let k = 0; k < size; k++) {
    const column = k * nRows
    const norm = normBelow(r[k * size + k], block, column, nRows)
    if (norm === 0) continue
    // The sign is the one with which nothing cancels.
    const pivot = r[k * size + k]
    const diagonal = pivot > 0 ? -norm : norm
    const head = pivot - diagonal
    const factor = -1 / (head * diagonal)
    for (let j = k + 1; j < size; j++) {
      const other = j * nRows
      let product = head * r[k * size + j]
      for (let i = 0; i < nRows; i++) product += block[column + i] * block[other + i]
      const step = product * factor
      r[k * size + j] -= step * head
      for (let i = 0; i < nRows; i++) block[other + i] -= step * block[column + i]
    }
    r[k * size + k] = diagonal
  }
}

/** The length of a column of the block and the number above it; 0 where the block's part is 0. */
function normBelow(pivot: number, block: Float64Array, start: number, length: number): number {
  let sum = 0
  for (let i = start; i < start + length; i++) sum += block[i] * block[i]
  return sum === 0 ? 0 : Math.sqrt(sum + pivot * pivot)
}
