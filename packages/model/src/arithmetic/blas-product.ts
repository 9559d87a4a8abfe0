import {
  type Dot,
  dotInEights,
  dotInFours,
  dotInFusedLanes,
  dotInLanes,
  dotInPairs,
  dotInTurn,
  dotInTwoLanes,
  dotRounded,
} from './blas-dot.ts'

/** Rows of doubles inside a larger row-major table. */
export interface RowBlock {
  readonly data: Float64Array
  /** Index of the first row's first value. */
  readonly start: number
  /** From the start of a row to the start of the next. */
  readonly stride: number
  readonly nRows: number
}

/**
 * The product of a block's first `inner` columns and a row-major matrix of `inner` rows, with the
 * bits that NumPy gets from OpenBLAS on an x86-64 processor with AVX2 (its kernels for Haswell
 * and Zen).
 *
 * Not followed: more than 256 inner columns, which OpenBLAS sums in parts; one row times one column
 * of 16 or more values; and how several threads divide a large product between them (a column from
 * 9,216 multiplications on, a matrix from 262,144 on): these are the bits of one thread.
 *
 * @returns A row-major table of `nRows` rows.
 */
export function blasProduct(block: RowBlock, inner: number, factor: Float64Array): Float64Array {
  const { data, start, stride, nRows } = block
  const nColumns = factor.length / inner
  const columns = Array.from({ length: nColumns }, (_, j) =>
    Float64Array.from({ length: inner }, (_, k) => factor[k * nColumns + j]),
  )
  const product = new Float64Array(nRows * nColumns)
  for (let i = 0; i < nRows; i++) {
    const row = data.subarray(start + i * stride, start + i * stride + inner)
    for (let j = 0; j < nColumns; j++) {
      const dot = chooseDot(nRows, inner, nColumns, i, j)
      product[i * nColumns + j] = dot(row, columns[j])
    }
  }
  return product
}

/** The order of summation of element (i, j): NumPy calls dgemv where one side is a vector. */
function chooseDot(nRows: number, inner: number, nColumns: number, i: number, j: number): Dot {
  const isLastOdd = nRows % 2 === 1 && i === nRows - 1
  const isInFours = j < nColumns - (nColumns % 4)
  if (inner === 1) return dotInTurn
  if (nColumns === 1 && nRows > 1) {
    if (i < nRows - (nRows % 4)) return dotInFusedLanes
    return isLastOdd ? dotInLanes : dotInTwoLanes
  }
  if (nRows === 1) {
    if (nColumns === 1) return dotRounded
    if (nColumns < 4) return dotInPairs
    return isInFours ? dotInFours : dotRounded
  }
  return isLastOdd && isInFours ? dotInEights : dotInTurn
}
