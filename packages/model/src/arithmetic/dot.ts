/** The sum of the products of two arrays of one length. */
export const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}

/** The same of two parts of one array. Four sums do not wait for one another. */
export const dotOf = (values: Float64Array, a: number, b: number, length: number): number => {
  const end = length - (length % 4)
  let first = 0
  let second = 0
  let third = 0
  let fourth = 0
  for (let i = 0; i < end; i += 4) {
    first += values[a + i] * values[b + i]
    second += values[a + i + 1] * values[b + i + 1]
    third += values[a + i + 2] * values[b + i + 2]
    fourth += values[a + i + 3] * values[b + i + 3]
  }
  for (let i = end; i < length; i++) first += values[a + i] * values[b + i]
  return first + second + (third + fourth)
}
