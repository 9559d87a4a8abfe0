/** How many different numbers an array has, without NaN. Minus zero is zero. */
export function countDistinct(values: Float64Array): number {
  // An open hash table, at most half full: sorting a million numbers takes four times as long.
  const size = 2 ** Math.ceil(Math.log2(2 * values.length + 2))
  const table = new Float64Array(size).fill(Number.NaN)
  const one = new Float64Array(1)
  const halves = new Int32Array(one.buffer)
  let count = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] + 0
    if (Number.isNaN(value)) continue
    one[0] = value
    const mixed = Math.imul(halves[0] ^ Math.imul(halves[1], 0x9e3779b1), 0x85ebca6b)
    let at = (mixed ^ (mixed >>> 15)) & (size - 1)
    while (table[at] !== value) {
      if (Number.isNaN(table[at])) {
        table[at] = value
        count++
        break
      }
      at = (at + 1) & (size - 1)
    }
  }
  return count
}
