const POWERS = Array.from({ length: 23 }, (_, i) => Number(`1e${i}`))
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/
const NAMED: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  infinity: Number.POSITIVE_INFINITY,
}

/**
 * The double nearest to a decimal that is written in ASCII. Up to 15 digits with a small exponent are exact in
 * integer arithmetic and one division or product (Clinger, "How to read floating point numbers accurately", 1990);
 * the rest goes through `Number`. `nan`, `inf` and `infinity` are taken in any case, as C's strtod does.
 *
 * @returns undefined if it is no number
 */
export function decimalAt(bytes: Uint8Array, start: number, end: number): number | undefined {
  let at = start
  const negative = bytes[at] === 45
  if (negative || bytes[at] === 43) at++
  let mantissa = 0
  let digits = 0
  let exponent = 0
  const first = at
  for (; at < end; at++) {
    const digit = bytes[at] - 48
    if (digit < 0 || digit > 9) break
    mantissa = mantissa * 10 + digit
    digits++
  }
  if (at < end && bytes[at] === 46) {
    at++
    for (; at < end; at++) {
      const digit = bytes[at] - 48
      if (digit < 0 || digit > 9) break
      mantissa = mantissa * 10 + digit
      digits++
      exponent--
    }
  }
  if (digits === 0 || digits > 15) return slowDecimal(bytes, start, end)
  if (at < end && (bytes[at] | 32) === 101) {
    at++
    const below = bytes[at] === 45
    if (below || bytes[at] === 43) at++
    const from = at
    let written = 0
    for (; at < end && at - from < 4; at++) {
      const digit = bytes[at] - 48
      if (digit < 0 || digit > 9) break
      written = written * 10 + digit
    }
    if (at === from) return undefined
    exponent += below ? -written : written
  }
  if (at !== end || first === end) return slowDecimal(bytes, start, end)
  if (exponent < -22 || exponent > 22) return slowDecimal(bytes, start, end)
  const value = exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent]
  return negative ? -value : value
}

/** Longer than any number that a program writes, so that garbage is not copied to be looked at. */
const MAX_LENGTH = 512

function slowDecimal(bytes: Uint8Array, start: number, end: number): number | undefined {
  if (end - start > MAX_LENGTH) return undefined
  let text = ''
  for (let i = start; i < end; i++) text += String.fromCharCode(bytes[i])
  if (DECIMAL.test(text)) return Number(text)
  const sign = /^[+-]/.test(text) ? 1 : 0
  const name = text.slice(sign).toLowerCase()
  if (!Object.hasOwn(NAMED, name)) return undefined
  return text[0] === '-' ? -NAMED[name] : NAMED[name]
}
