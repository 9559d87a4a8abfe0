/** The upper bounds, in seconds, of the classes into which durations of requests are counted. One more is above them all. */
export const durationBounds: readonly number[] = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
]

/** The class of a duration. */
export const bucketOf = (seconds: number): number => {
  let bucket = 0
  while (bucket < durationBounds.length && seconds > durationBounds[bucket]) bucket++
  return bucket
}

/**
 * The duration, in milliseconds, that a share of the requests did not exceed: the upper bound of its class, and for the last
 * class its lower one.
 *
 * @returns null where there were no requests
 */
export const quantileMs = (buckets: readonly number[], share: number): number | null => {
  const total = buckets.reduce((sum, count) => sum + count, 0)
  if (total === 0) return null
  let left = total * share
  const bucket = buckets.findIndex((count) => {
    left -= count
    return left <= 0
  })
  return durationBounds[Math.min(bucket, durationBounds.length - 1)] * 1000
}
