/** How a number may be written; one that is too large for a double is none all the same. */
export const decimalPattern = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/

/**
 * Reads a number as a person writes it: `1`, `-2`, `.5`, `+1`, `1e3`. Not hex, not `1_000`, not
 * `nan` or `Infinity`, and nothing too large for a double.
 */
export const parseDecimal = (text: string): number | undefined => {
  const value = decimalPattern.test(text) ? Number(text) : Number.NaN
  return Number.isFinite(value) ? value : undefined
}
