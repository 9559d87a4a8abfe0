/** How a number may be written; one that is too large for a double is none all the same. No two parts of it can match
 * the same digits, so it takes one look at each character. */
export const decimalPattern = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/

/** In characters. A double without an exponent, from the largest to the smallest, needs fewer than 350. */
export const longestDecimal = 400

/**
 * Reads a number as a person writes it: `1`, `-2`, `.5`, `+1`, `1e3`. Not hex, not `1_000`, not
 * `nan` or `Infinity`, nothing too large for a double, and nothing longer than `longestDecimal`.
 */
export const parseDecimal = (text: string): number | undefined => {
  if (text.length > longestDecimal) return undefined
  const value = decimalPattern.test(text) ? Number(text) : Number.NaN
  return Number.isFinite(value) ? value : undefined
}
