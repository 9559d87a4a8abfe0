const NINE = '9'.charCodeAt(0)

/**
 * Reads a finite decimal number, with white space around it or not; `undefined` for anything else,
 * such as nothing at all, `0x10` or `NaN`.
 */
export function parseNumber(text: string): number | undefined {
  const trimmed = text.trim()
  const value = Number(trimmed)
  if (trimmed === '' || !Number.isFinite(value)) return undefined
  // `Number` reads 0x10, 0b1 and 0o7 too: a letter in second place that is no exponent's.
  const second = trimmed.charCodeAt(1)
  return second > NINE && trimmed[1]?.toLowerCase() !== 'e' ? undefined : value
}
