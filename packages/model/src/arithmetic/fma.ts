/** Veltkamp's constant: multiplying by it splits a 53-bit significand into two halves. */
const SPLITTER = 2 ** 27 + 1

/** Above this the splitting itself would overflow. */
const LARGEST_SPLITTABLE = 2 ** 995

const float = new Float64Array(1)
const words = new Uint32Array(float.buffer)
float[0] = 1
const LOW = words[1] === 0 ? 1 : 0
const HIGH = 1 - LOW

/**
 * Adds two doubles, rounding an inexact sum to the neighbour whose last bit is odd, so that
 * a later rounding to nearest cannot round the same sum twice.
 */
function addToOdd(a: number, b: number): number {
  const sum = a + b
  const bPart = sum - a
  const error = a - (sum - bPart) + (b - bPart)
  if (error === 0) return sum
  float[0] = sum
  if ((words[LOW] & 1) === 1) return sum
  // The last bit is 0: one step away from zero sets it, one step towards zero borrows.
  if (error > 0 === sum > 0) {
    words[LOW] += 1
  } else {
    if (words[LOW] === 0) words[HIGH] -= 1
    words[LOW] -= 1
  }
  return float[0]
}

/**
 * `a * b + c` rounded once, as the fused multiply-add instruction of a processor rounds it.
 *
 * Exact while the product stays between 2^-960 and 2^1020 in magnitude or is zero. Where `a` or
 * `b` is above 2^995 (or not finite) the result is the plain `a * b + c`.
 *
 * Source: S. Boldo, G. Melquiond, "Emulation of FMA and correctly rounded sums: proved algorithms
 * using rounding to odd", IEEE Transactions on Computers 57(4), 2008, figure 6; the exact product
 * is T. J. Dekker's, Numerische Mathematik 18, 1971.
 *
 * @example
 * fma(0.1, 10, -1) // 5.551115123125783e-17, where 0.1 * 10 - 1 is 0
 */
export function fma(a: number, b: number, c: number): number {
  const product = a * b
  if (!(Math.abs(a) < LARGEST_SPLITTABLE && Math.abs(b) < LARGEST_SPLITTABLE)) return product + c

  const aScaled = SPLITTER * a
  const aHigh = aScaled - (aScaled - a)
  const aLow = a - aHigh
  const bScaled = SPLITTER * b
  const bHigh = bScaled - (bScaled - b)
  const bLow = b - bHigh
  const productError = aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow)

  const tail = c + productError
  const tailPart = tail - c
  const tailError = c - (tail - tailPart) + (productError - tailPart)

  const head = product + tail
  const headPart = head - product
  const headError = product - (head - headPart) + (tail - headPart)

  return head + addToOdd(tailError, headError)
}
