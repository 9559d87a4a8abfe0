/** Rows of a matrix that were made orthogonal by rotations, and the right-hand side with the same rotations. */
export interface OrthogonalRows {
  readonly rows: readonly Float64Array[]
  readonly rightSide: Float64Array
  /** The length of each row: the singular values of the matrix, in no order. */
  readonly singularValues: Float64Array
}

const MAX_SWEEPS = 60

/**
 * Rotates pairs of rows until all are orthogonal: a singular value decomposition, in which each row is a right singular vector
 * times its singular value. Small singular values keep their relative accuracy where rows are large and small.
 *
 * @param rows changed in place
 * @param rightSide a number for each row, changed in place
 *
 * Source: M. R. Hestenes, "Inversion of matrices by biorthogonalization and related results", J. SIAM 6, 1958; Golub and Van
 * Loan, Matrix Computations (4th ed.), section 8.6.3.
 */
export function orthogonalizeRows(
  rows: readonly Float64Array[],
  rightSide: Float64Array,
): OrthogonalRows {
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let isOrthogonal = true
    for (let p = 0; p < rows.length - 1; p++) {
      for (let q = p + 1; q < rows.length; q++) {
        if (rotate(rows, rightSide, p, q)) isOrthogonal = false
      }
    }
    if (isOrthogonal) break
  }
  const singularValues = Float64Array.from(rows, (row) => Math.sqrt(dotOfRows(row, row)))
  return { rows, rightSide, singularValues }
}

/** Makes two rows orthogonal; whether they were not. */
function rotate(
  rows: readonly Float64Array[],
  rightSide: Float64Array,
  p: number,
  q: number,
): boolean {
  const [a, b] = [rows[p], rows[q]]
  const cross = dotOfRows(a, b)
  const squareA = dotOfRows(a, a)
  const squareB = dotOfRows(b, b)
  if (Math.abs(cross) <= Number.EPSILON * Math.sqrt(squareA) * Math.sqrt(squareB)) return false
  const zeta = (squareB - squareA) / (2 * cross)
  const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta))
  const cosine = 1 / Math.hypot(1, tangent)
  const sine = cosine * tangent
  for (let j = 0; j < a.length; j++) {
    const [x, y] = [a[j], b[j]]
    a[j] = cosine * x - sine * y
    b[j] = sine * x + cosine * y
  }
  const [x, y] = [rightSide[p], rightSide[q]]
  rightSide[p] = cosine * x - sine * y
  rightSide[q] = sine * x + cosine * y
  return true
}

function dotOfRows(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let j = 0; j < a.length; j++) sum += a[j] * b[j]
  return sum
}
