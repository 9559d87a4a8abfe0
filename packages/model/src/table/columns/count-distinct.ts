/** How many different numbers an array has, without NaN. */
export function countDistinct(values: Float64Array): number {
  const sorted = values.slice().sort()
  let count = 0
  // NaN comes last.
  for (let i = 0; i < sorted.length && !Number.isNaN(sorted[i]); i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) count++
  }
  return count
}
