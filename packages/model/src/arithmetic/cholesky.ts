import { dotOf } from './dot.ts'

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
      const sum = a[rowI + j] - dotOf(a, rowI, rowJ, j)
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

/** A factor of an A whose diagonal was scaled to one: A = L·Lᵀ between divisions by `scale`. */
export interface ScaledFactor {
  readonly factor: Float64Array
  readonly scale: Float64Array
}

/**
 * Factors a symmetric positive semidefinite A. Its diagonal is first scaled to one, and where A is
 * singular to working precision, as much is added to that diagonal as it takes.
 *
 * @param a size × size doubles, row after row; only the lower triangle is read
 */
export function factorScaled(a: Float64Array, size: number): ScaledFactor {
  const scale = Float64Array.from({ length: size }, (_, i) => 1 / Math.sqrt(a[i * size + i] || 1))
  const factor = new Float64Array(size * size)
  let ridge = 0
  do {
    for (let i = 0; i < size; i++) {
      for (let j = 0; j <= i; j++) factor[i * size + j] = a[i * size + j] * scale[i] * scale[j]
      factor[i * size + i] += ridge
    }
    ridge = Math.max(1e-14, 100 * ridge)
  } while (!choleskyFactor(factor, size) && ridge < 1e3)
  return { factor, scale }
}

/** Solves A·x = b with the factor of A that {@link factorScaled} gave; `b` becomes x. */
export function solveScaled({ factor, scale }: ScaledFactor, b: Float64Array): void {
  for (let i = 0; i < b.length; i++) b[i] *= scale[i]
  choleskySolve(factor, b.length, b)
  for (let i = 0; i < b.length; i++) b[i] *= scale[i]
}
