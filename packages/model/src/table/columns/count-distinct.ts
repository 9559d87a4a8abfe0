/** More values than this are put apart by their hashes first, so that each part is counted in the processor's cache. */
const FEW = 16_384
const PARTS = 256

/** How many different numbers an array has, without NaN. Minus zero is zero. */
export function countDistinct(values: Float64Array): number {
  if (values.length <= FEW) return countPart(values)
  const { parts, ends } = putApart(values)
  let count = 0
  for (let k = 0; k < PARTS; k++) count += countPart(parts.subarray(ends[k], ends[k + 1]))
  return count
}

let space = new Float64Array(2 * FEW)

/** An open hash table, at most half full: sorting a million numbers takes four times as long. The next call takes it again. */
function tableFor(length: number): Float64Array {
  const size = 2 ** Math.ceil(Math.log2(2 * length + 2))
  if (space.length < size) space = new Float64Array(size)
  return space.subarray(0, size).fill(Number.NaN)
}

/** Sorts values by a part of their hashes: those of part k stand from `ends[k]` to `ends[k + 1]`. */
function putApart(values: Float64Array) {
  const halves = halvesOf(values)
  const ends = new Int32Array(PARTS + 2)
  for (let i = 0; i < values.length; i++) ends[partOf(halves, i) + 2]++
  for (let k = 0; k < PARTS; k++) ends[k + 2] += ends[k + 1]
  const parts = new Float64Array(values.length)
  for (let i = 0; i < values.length; i++) parts[ends[partOf(halves, i) + 1]++] = values[i]
  return { parts, ends }
}

function countPart(values: Float64Array): number {
  const table = tableFor(values.length)
  const halves = halvesOf(values)
  const mask = table.length - 1
  let count = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    if (Number.isNaN(value)) continue
    let at = hashOf(halves, i) & mask
    // Zeros of both signs are equal.
    while (table[at] !== value) {
      if (Number.isNaN(table[at])) {
        table[at] = value
        count++
        break
      }
      at = (at + 1) & mask
    }
  }
  return count
}

function halvesOf(values: Float64Array): Int32Array {
  return new Int32Array(values.buffer, values.byteOffset, 2 * values.length)
}

function partOf(halves: Int32Array, i: number): number {
  return hashOf(halves, i) >>> 24
}

/** A hash of both halves of a double, without the sign, so that it is the same for both zeros. */
function hashOf(halves: Int32Array, i: number): number {
  const sum = halves[2 * i] ^ Math.imul(halves[2 * i + 1] << 1, 0x9e3779b1)
  const mixed = Math.imul(sum, 0x85ebca6b)
  return Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35)
}
