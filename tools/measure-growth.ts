type Text = { readonly head: string; readonly pump: string; readonly tail: string }

const textOf = ({ head, pump, tail }: Text, length: number) =>
  head + pump.repeat(Math.max(1, Math.round(length / pump.length))) + tail

const runMs = (pattern: RegExp, text: string) => {
  const begun = performance.now()
  // All matches of those that look for all; of the others, the first.
  if (pattern.global) text.replace(pattern, '')
  else pattern.test(text)
  const ms = performance.now() - begun
  pattern.lastIndex = 0
  return ms
}

/** Shorter times are not measured again. Quadratic growth would need a second at a hundred times the length. */
const unremarkableMs = 3

/**
 * Whether the time that a pattern takes grows faster than its text.
 *
 * @param longest the longest text, in characters
 */
export const growsFasterThanText = (pattern: RegExp, text: Text, longest: number): boolean => {
  // Short texts come first, because with exponential growth a long one would never end.
  for (let length = Math.min(16, longest); ; length = longer(length, longest)) {
    const whole = textOf(text, length)
    const ms = runMs(pattern, whole)
    if (ms > unremarkableMs && isSteep(pattern, whole, textOf(text, length / 4))) return true
    if (length === longest) return false
  }
}

const longer = (length: number, longest: number) =>
  Math.min(longest, Math.ceil(length * (length < 500 ? 1.3 : 4)))

const rounds = 20

/**
 * Compares a text with a quarter of it, in turns, by the shortest of some runs each: what else a machine does makes a
 * run longer only. In proportion it would take 4 times as long, as a square 16 times.
 */
const isSteep = (pattern: RegExp, whole: string, quarter: string) => {
  let wholeMs = Number.POSITIVE_INFINITY
  let quarterMs = Number.POSITIVE_INFINITY
  for (let i = 0; i < rounds; i++) {
    quarterMs = Math.min(quarterMs, runMs(pattern, quarter))
    wholeMs = Math.min(wholeMs, runMs(pattern, whole))
    if (wholeMs < unremarkableMs || wholeMs / quarterMs < 9) return false
  }
  return true
}
