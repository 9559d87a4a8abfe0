/** What a key may still ask for under one of its limits, after the request at hand. */
export type Allowance = {
  /** Which limit: so many requests in a window, or in a day (UTC). */
  readonly policy: 'rate' | 'day'
  readonly allowed: boolean
  /** How many requests a window holds. */
  readonly quota: number
  readonly windowSeconds: number
  readonly remaining: number
  /** Seconds until the limit is reset; rounded up, so at least 1. */
  readonly resetSeconds: number
}

/**
 * The headers that report a client's limits.
 *
 * Source: IETF, RateLimit header fields for HTTP, draft-ietf-httpapi-ratelimit-headers-10.
 */
export const rateLimitHeaders = (allowances: readonly Allowance[]): Record<string, string> => ({
  'ratelimit-policy': allowances
    .map(({ policy, quota, windowSeconds }) => `"${policy}";q=${quota};w=${windowSeconds}`)
    .join(', '),
  ratelimit: allowances
    .map(({ policy, remaining, resetSeconds }) => `"${policy}";r=${remaining};t=${resetSeconds}`)
    .join(', '),
})
