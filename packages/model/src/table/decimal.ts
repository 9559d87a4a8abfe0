/** The form of a number. A number that is too large for a double is still refused. No two parts of the pattern can match
 * the same digits, so it looks at each character once. */
export const decimalPattern = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/

/** In characters. A double without an exponent, from the largest to the smallest, needs fewer than 350. */
export const longestDecimal = 400

const [PLUS, POINT, ZERO, NINE, UPPER_E, LOWER_E] = [0x2b, 0x2e, 0x30, 0x39, 0x45, 0x65]

/**
 * Reads a number as a person writes it: `1`, `-2`, `.5`, `+1`, `1e3`. Not hex, not `1_000`, not
 * `nan` or `Infinity`, nothing too large for a double, and nothing longer than `longestDecimal`.
 *
 * @returns undefined for anything else, such as a number with white space around it
 *
 * @example
 * parseDecimal('1e3') // 1000
 */
export function parseDecimal(text: string): number | undefined {
  if (typeof text !== 'string' || text.length > longestDecimal) return undefined
  const value = Number(text)
  if (!Number.isFinite(value)) return undefined
  // `Number` also reads white space around a number or alone, and 0x10, 0b1 and 0o7, whose second character is a
  // letter that is no exponent's. It reads nothing else that `decimalPattern`, which takes longer, does not match.
  const first = text.charCodeAt(0)
  const last = text.charCodeAt(text.length - 1)
  if (!(first >= PLUS && first <= NINE)) return undefined
  if (!(last === POINT || (last >= ZERO && last <= NINE))) return undefined
  const second = text.charCodeAt(1)
  return second > NINE && second !== UPPER_E && second !== LOWER_E ? undefined : value
}
