const [PLUS, MINUS, POINT, ZERO, LOWER_E] = [0x2b, 0x2d, 0x2e, 0x30, 0x65]

/** The powers of ten that are doubles, exactly. */
const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`))
const MAX_EXPONENT = 22
/** A whole number below this, with one more digit, is still below 2⁵³. */
const FIFTEEN_DIGITS = 1e14
/** So many digits more than fifteen are read. */
const MAX_SCALE = 1e7
/** What splits a double into two halves, whose products are exact (Dekker). */
const SPLITTER = 2 ** 27 + 1
/** A bound for the errors of a quotient in two doubles, as a share of it, many times too large. */
const DOUBT = 2 ** -96

/**
 * Reads a number from bytes of ASCII, rounded as `Number` rounds it.
 *
 * A number of at most 15 digits is one double divided by a power of ten that is another: one operation, rounded once. One of
 * up to 22 digits is divided in two doubles; where these do not show how it is to be rounded, nothing is answered.
 *
 * @returns NaN for what is no number, and for numbers that take longer: `parseDecimal` reads them all
 *
 * Sources: W. D. Clinger, "How to read floating point numbers accurately", PLDI 1990; T. J. Dekker, "A floating-point
 * technique for extending the available precision", Numer. Math. 18 (1971).
 */
export function parseDecimalBytes(bytes: Uint8Array, start: number, end: number): number {
  let i = start
  const isNegative = bytes[i] === MINUS
  if (isNegative || bytes[i] === PLUS) i++
  let head = 0
  let tail = 0
  let scale = 1
  let nDigits = 0
  let exponent = 0
  let isFraction = false
  for (; i < end; i++) {
    const digit = bytes[i] - ZERO
    if (digit >= 0 && digit <= 9) {
      if (head < FIFTEEN_DIGITS) head = head * 10 + digit
      else {
        tail = tail * 10 + digit
        scale *= 10
      }
      nDigits++
      if (isFraction) exponent--
    } else if (bytes[i] === POINT && !isFraction) isFraction = true
    else break
  }
  if (nDigits === 0 || scale > MAX_SCALE) return Number.NaN
  if (i < end) {
    if ((bytes[i] | 0x20) !== LOWER_E) return Number.NaN
    const written = readExponent(bytes, i + 1, end)
    if (Number.isNaN(written)) return written
    exponent += written
  }
  if (exponent < -MAX_EXPONENT || exponent > MAX_EXPONENT) return Number.NaN
  const value = scale === 1 ? shift(head, exponent) : divide(head, scale, tail, exponent)
  return isNegative ? -value : value
}

function readExponent(bytes: Uint8Array, start: number, end: number): number {
  let i = start
  const isNegative = bytes[i] === MINUS
  if (isNegative || bytes[i] === PLUS) i++
  if (i === end || end - i > 3) return Number.NaN
  let value = 0
  for (; i < end; i++) {
    const digit = bytes[i] - ZERO
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    value = value * 10 + digit
  }
  return isNegative ? -value : value
}

function shift(whole: number, exponent: number): number {
  return exponent < 0 ? whole / POWERS[-exponent] : whole * POWERS[exponent]
}

/** (head · scale + tail) · 10^exponent for a negative exponent, or NaN where the rounding is in doubt. */
function divide(head: number, scale: number, tail: number, exponent: number): number {
  if (exponent > 0) return Number.NaN
  // The whole number as a sum of two doubles, exactly.
  const product = head * scale
  const rest = errorOf(head, scale, product) + tail
  const whole = product + rest
  const low = rest - (whole - product)
  if (exponent === 0) return whole
  const divisor = POWERS[-exponent]
  const quotient = whole / divisor
  const back = quotient * divisor
  const correction = (whole - back - errorOf(quotient, divisor, back) + low) / divisor
  const doubt = quotient * DOUBT
  const value = quotient + (correction + doubt)
  return value === quotient + (correction - doubt) ? value : Number.NaN
}

/** By how much a · b is more than its product as a double, exactly. */
function errorOf(a: number, b: number, product: number): number {
  const aBoth = SPLITTER * a
  const aHigh = aBoth - (aBoth - a)
  const aLow = a - aHigh
  const bBoth = SPLITTER * b
  const bHigh = bBoth - (bBoth - b)
  const bLow = b - bHigh
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow
}
