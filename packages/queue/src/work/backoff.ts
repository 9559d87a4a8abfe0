const firstMs = 500
/** No job waits longer than this for its next attempt. */
export const longestBackoffMs = 60_000

/**
 * How long to wait before the next try: doubles with each attempt, from half a second to a minute, and
 * is cut by chance to between a half and the whole of it, so that what failed together does not come
 * back together.
 *
 * Source: M. Brooker, Exponential Backoff and Jitter, AWS Architecture Blog, 2015 ("equal jitter").
 *
 * @param random gives numbers from 0 to below 1
 */
export const backoffMs = (attempts: number, random: () => number): number => {
  const most = Math.min(longestBackoffMs, firstMs * 2 ** (attempts - 1))
  return Math.round(most / 2 + (random() * most) / 2)
}
