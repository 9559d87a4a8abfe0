const double = new Float64Array(1)
const bits = new BigInt64Array(double.buffer)

/** The smallest double above a finite one, or above minus infinity. */
export function nextUp(value: number): number {
  double[0] = value === 0 ? 0 : value
  bits[0] += value < 0 ? -1n : 1n
  return double[0]
}
