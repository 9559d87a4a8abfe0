/** What is left of one of a key's limits after this request. */
export type Allowance = {
  /** Which limit: the rate, or the daily quota (UTC). */
  readonly policy: 'rate' | 'day'
  readonly allowed: boolean
  /** Requests in a window. */
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
