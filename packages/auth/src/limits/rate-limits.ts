import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { StoredKey } from '../keys/stored-key.ts'
import type { Allowance } from './allowance.ts'
import { createClusterLimiter, isInCluster } from './cluster-rate-store.ts'
import { formatRate, type Rate } from './rate.ts'

/** Takes a token: resolves if there was one, and rejects with the state of the bucket if there was none. */
type Consume = (ownerId: string) => Promise<RateLimiterRes>

/** The rate limits of all keys. */
export type RateLimits = {
  /** Takes one token from a key's bucket; undefined, at once, for a key without a rate. */
  readonly takeToken: (key: Pick<StoredKey, 'ownerId' | 'rate'>) => Promise<Allowance> | undefined
  readonly close: () => void
}

type RateLimitOptions = {
  /** The Redis that keeps the buckets of several hosts. Without it, each host keeps its own in memory, in the
   * primary process where there is one. */
  readonly redisUrl: string | undefined
  readonly onRedisUnreachable: (error: unknown) => void
  readonly onRedisReconnected: () => void
}

/**
 * Makes the buckets of all keys: one for each owner, which is refilled when its window is over. A window begins with
 * the first request. While Redis is unreachable, each host keeps its own.
 */
export const createRateLimits = async (options: RateLimitOptions): Promise<RateLimits> => {
  const { redisUrl, onRedisUnreachable: onUnreachable, onRedisReconnected: onReconnected } = options
  const connect = async (url: string) => {
    const { createRedisRateStore } = await import('./redis-rate-store.ts')
    return createRedisRateStore(url, { onUnreachable, onReconnected })
  }
  const redis = redisUrl === undefined ? undefined : await connect(redisUrl)
  const limiters = new Map<string, Consume>()

  const makeLimiter = (name: string, { requests, seconds }: Rate): Consume => {
    const bucket = { points: requests, duration: seconds, keyPrefix: `dsapi:rate:${name}` }
    const inMemory = new RateLimiterMemory(bucket)
    const onThisHost = isInCluster() ? createClusterLimiter(bucket) : inMemory
    const limiter = redis?.limiter({ ...bucket, insurance: onThisHost }) ?? onThisHost
    return (ownerId) =>
      limiter.consume(ownerId).catch((left: unknown) => {
        if (left instanceof RateLimiterRes || limiter === inMemory) throw left
        return inMemory.consume(ownerId) // Neither Redis nor the primary has answered.
      })
  }

  /** The library has a limiter for each rate, and there are few different rates. */
  const limiterOf = (rate: Rate) => {
    const name = formatRate(rate)
    const known = limiters.get(name) ?? makeLimiter(name, rate)
    limiters.set(name, known)
    return known
  }

  return {
    takeToken: ({ ownerId, rate }) => {
      if (rate === null) return undefined
      return limiterOf(rate)(ownerId).then(
        (left) => allowance(rate, left, true),
        (left: unknown) => {
          if (left instanceof RateLimiterRes) return allowance(rate, left, false)
          throw left
        },
      )
    },
    close: () => redis?.close(),
  }
}

const allowance = (rate: Rate, left: RateLimiterRes, allowed: boolean): Allowance => ({
  policy: 'rate',
  allowed,
  quota: rate.requests,
  windowSeconds: rate.seconds,
  remaining: left.remainingPoints,
  resetSeconds: Math.max(1, Math.ceil(left.msBeforeNext / 1000)),
})
