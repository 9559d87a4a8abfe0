/**
 * Factors a symmetric positive definite matrix A = L·Lᵀ in place: the lower triangle of `a` becomes L.
 *
 * @param a size × size doubles, row after row; only the lower triangle is read
 * @returns whether A was positive definite; if not, `a` is half done and of no use
 *
 * Source: Golub and Van Loan, Matrix Computations (4th ed.), algorithm 4.2.2.
 */
export function choleskyFactor(a: Float64Array, size: number): boolean {
  for (let i = 0; i < size; i++) {
    const rowI = i * size
    for (let j = 0; j <= i; j++) {
      const rowJ = j * size
      let sum = a[rowI + j]
      for (let k = 0; k < j; k++) sum -= a[rowI + k] * a[rowJ + k]
      if (i !== j) a[rowI + j] = sum / a[rowJ + j]
      else if (sum > 0) a[rowI + i] = Math.sqrt(sum)
      else return false
    }
  }
  return true
}

/** Solves L·Lᵀ·x = b for the factor L that {@link choleskyFactor} left; `b` becomes x. */
export function choleskySolve(l: Float64Array, size: number, b: Float64Array): void {
  for (let i = 0; i < size; i++) {
    let sum = b[i]
    for (let k = 0; k < i; k++) sum -= l[i * size + k] * b[k]
    b[i] = sum / l[i * size + i]
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = b[i]
    for (let k = i + 1; k < size; k++) sum -= l[k * size + i] * b[k]
    b[i] = sum / l[i * size + i]
  }
}

/**
 * Solves A·x = b for a symmetric positive semidefinite A. Its diagonal is first scaled to one, and
 * where A is singular to working precision, as much is added to that diagonal as it takes.
 *
 * @param a size × size doubles, row after row; only the lower triangle is read
 * @returns x
 */
export function solvePositive(a: Float64Array, size: number, b: Float64Array): Float64Array {
  const scale = Float64Array.from(b, (_, i) => 1 / Math.sqrt(a[i * size + i] || 1))
  const factor = new Float64Array(size * size)
  let ridge = 0
  do {
    for (let i = 0; i < size; i++) {
      for (let j = 0; j <= i; j++) factor[i * size + j] = a[i * size + j] * scale[i] * scale[j]
      factor[i * size + i] += ridge
    }
    ridge = Math.max(1e-14, 100 * ridge)
  } while (!choleskyFactor(factor, size) && ridge < 1e3)
  const x = b.map((value, i) => value * scale[i])
  choleskySolve(factor, size, x)
  return x.map((value, i) => value * scale[i])
}
