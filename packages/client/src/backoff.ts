const firstMs = 200
const longestMs = 10_000
/** If the server asks for more, the call fails, so that the caller knows. */
const longestAskedMs = 60_000

/** The number of tries, including the first. */
export const mostTries = 5

/** What a Retry-After asks for, in milliseconds: seconds, or a date (RFC 9110, section 10.2.3). */
const askedMs = (retryAfter: string, now: number): number | undefined => {
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter) * 1000
  const date = Date.parse(retryAfter)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

/**
 * How long to wait after so many tries, in milliseconds: what the server asks for, plus a random time up to a span
 * that doubles each time, so that clients which failed together do not try again together.
 *
 * @returns undefined when it is not worth waiting for
 */
export const waitAfter = (
  tries: number,
  retryAfter: string | null,
  { now, random }: { readonly now: number; readonly random: () => number },
): number | undefined => {
  if (tries >= mostTries) return undefined
  const byChance = random() * Math.min(longestMs, firstMs * 2 ** (tries - 1))
  const asked = (retryAfter !== null && askedMs(retryAfter, now)) || 0
  return asked > longestAskedMs ? undefined : asked + byChance
}
