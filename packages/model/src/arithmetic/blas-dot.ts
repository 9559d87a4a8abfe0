import { fma } from './fma.ts'

/** The sum of a[k] * b[k], in one of the orders in which OpenBLAS's kernels take it. */
export type Dot = (a: Float64Array, b: Float64Array) => number

/** One fused multiply-add after the other: a matrix times a matrix, dgemm. */
export const dotInTurn: Dot = (a, b) => {
  let sum = 0
  for (let k = 0; k < a.length; k++) sum = fma(a[k], b[k], sum)
  return sum
}

/** Four sums side by side over whole eights, the first goes on: the last odd row of dgemm. */
export const dotInEights: Dot = (a, b) => {
  const rest = a.length - (a.length % 8)
  const lanes = new Float64Array(4)
  for (let k = 0; k < a.length; k++) {
    const lane = k < rest ? k % 4 : 0
    lanes[lane] = fma(a[k], b[k], lanes[lane])
  }
  return lanes[0] + lanes[1] + (lanes[2] + lanes[3])
}

/** One after the other, each product rounded: the columns after the last four, dgemv_n. */
export const dotRounded: Dot = (a, b) => {
  let sum = 0
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k]
  return sum
}

/** Pair after pair, nothing fused: a row times a matrix of two or three columns, dgemv_n. */
export const dotInPairs: Dot = (a, b) => {
  const rest = a.length - (a.length % 4)
  let sum = 0
  for (let k = 0; k < rest; k += 2) sum += a[k] * b[k] + a[k + 1] * b[k + 1]
  for (let k = rest; k < a.length; k++) sum += a[k] * b[k]
  return sum
}

/** Four at a time, the even and the odd ones apart: a row times a matrix, dgemv_n. */
export const dotInFours: Dot = (a, b) => {
  const rest = a.length - (a.length % 4)
  let sum = 0
  for (let k = 0; k < rest; k += 4) {
    const even = fma(a[k + 2], b[k + 2], a[k] * b[k])
    const odd = fma(a[k + 3], b[k + 3], a[k + 1] * b[k + 1])
    sum += even + odd
  }
  if (a.length % 4 >= 2) sum += a[rest] * b[rest] + a[rest + 1] * b[rest + 1]
  if (a.length % 2 === 1) sum += a[a.length - 1] * b[a.length - 1]
  return sum
}

/** Four fused sums side by side: a matrix times a column, four rows of it at once, dgemv_t. */
export const dotInFusedLanes: Dot = (a, b) => addRest(foldLanes(sumLanes(a, b, 4, fma)), a, b)

/** Four sums side by side, each product rounded: the last row of an odd number, dgemv_t. */
export const dotInLanes: Dot = (a, b) => addRest(foldLanes(sumLanes(a, b, 4, multiplyAdd)), a, b)

/** Two sums side by side, each product rounded: the two rows after the last four, dgemv_t. */
export const dotInTwoLanes: Dot = (a, b) => {
  const [even, odd] = sumLanes(a, b, 2, multiplyAdd)
  return addRest(even + odd, a, b)
}

function multiplyAdd(a: number, b: number, c: number): number {
  return a * b + c
}

/** Lane i sums the products of every `count`-th pair from i on, up to the last whole four. */
function sumLanes(a: Float64Array, b: Float64Array, count: number, add: typeof fma): Float64Array {
  const lanes = new Float64Array(count)
  const end = a.length - (a.length % 4)
  for (let k = 0; k < end; k++) lanes[k % count] = add(a[k], b[k], lanes[k % count])
  return lanes
}

function foldLanes(lanes: Float64Array): number {
  return lanes[0] + lanes[2] + (lanes[1] + lanes[3])
}

/** Adds the products after the last whole four as the compiler fused that line of C. */
function addRest(sum: number, a: Float64Array, b: Float64Array): number {
  const k = a.length - (a.length % 4)
  switch (a.length % 4) {
    case 1:
      return fma(a[k], b[k], sum)
    case 2:
      return sum + fma(a[k], b[k], a[k + 1] * b[k + 1])
    case 3:
      return sum + fma(a[k + 2], b[k + 2], fma(a[k], b[k], a[k + 1] * b[k + 1]))
    default:
      return sum
  }
}
