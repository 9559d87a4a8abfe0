import { Redis } from 'ioredis'
import { type RateLimiterAbstract, RateLimiterRedis } from 'rate-limiter-flexible'

/** Where the tokens of several processes are kept in common. */
export type RedisRateStore = {
  /** A limiter of this rate; `insurance` takes its place while Redis is away. */
  readonly limiter: (options: {
    readonly points: number
    readonly duration: number
    readonly keyPrefix: string
    readonly insurance: RateLimiterAbstract
  }) => RateLimiterAbstract
  readonly close: () => void
}

/** A Redis that does not answer in this time counts as away. */
const patienceMs = 250

/**
 * Connects to Redis, and goes on trying while it is away.
 *
 * @param options.onAway is told once each time that Redis goes away, and why
 * @param options.onBack is told when it is back
 */
export const createRedisRateStore = (
  url: string,
  options: { readonly onAway: (error: unknown) => void; readonly onBack: () => void },
): RedisRateStore => {
  const client = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: patienceMs,
  })
  let isAway = false
  client.on('error', (error) => {
    if (!isAway) options.onAway(error)
    isAway = true
  })
  client.on('ready', () => {
    if (isAway) options.onBack()
    isAway = false
  })
  return {
    limiter: ({ points, duration, keyPrefix, insurance }) =>
      new RateLimiterRedis({
        storeClient: client,
        points,
        duration,
        keyPrefix,
        insuranceLimiter: insurance,
        rejectIfRedisNotReady: true,
      }),
    close: () => client.disconnect(),
  }
}
