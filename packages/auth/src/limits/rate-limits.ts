import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { StoredKey } from '../keys/stored-key.ts'
import type { Allowance } from './allowance.ts'
import type { Buckets, Taken } from './bucket.ts'
import { createClusterLimiter, isInCluster } from './cluster-rate-store.ts'
import { createOwnBuckets } from './own-buckets.ts'
import { formatRate, type Rate } from './rate.ts'
import { createSharedBuckets } from './shared-buckets.ts'

type LimitedKey = Pick<StoredKey, 'ownerId' | 'rate'>

/** The rate limits of all keys. */
export type RateLimits = {
  /**
   * Takes one token from a key's bucket; undefined for a key without a rate. The answer comes at once where this process can
   * give it alone.
   */
  readonly takeToken: (key: LimitedKey) => Allowance | Promise<Allowance> | undefined
  /** Whether `takeToken` would give a token at once, or need not. */
  readonly hasToken: (key: LimitedKey) => boolean
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
 * the first request. While Redis is unreachable, each host keeps its own. Where several processes share the buckets, each takes
 * some tokens in advance, of which `createSharedBuckets` says the bounds.
 */
export const createRateLimits = async (options: RateLimitOptions): Promise<RateLimits> => {
  const { redisUrl, onRedisUnreachable: onUnreachable, onRedisReconnected: onReconnected } = options
  const connect = async (url: string) => {
    const { createRedisRateStore } = await import('./redis-rate-store.ts')
    return createRedisRateStore(url, { onUnreachable, onReconnected })
  }
  const redis = redisUrl === undefined ? undefined : await connect(redisUrl)
  const known = new Map<string, Buckets>()

  const makeBuckets = (name: string, rate: Rate): Buckets => {
    if (redis === undefined && !isInCluster()) return createOwnBuckets(rate)
    const keyPrefix = `dsapi:rate:${name}`
    const bucket = { points: rate.requests, duration: rate.seconds, keyPrefix }
    const inMemory = new RateLimiterMemory(bucket)
    const onThisHost = isInCluster() ? createClusterLimiter(bucket) : inMemory
    const limiter = redis?.limiter({ ...bucket, insurance: onThisHost }) ?? onThisHost
    return createSharedBuckets(rate, (ownerId, tokens) =>
      consume(limiter, ownerId, tokens).catch(() => consume(inMemory, ownerId, tokens)),
    )
  }

  /** There are few different rates. */
  const bucketsOf = (rate: Rate): Buckets => {
    const name = formatRate(rate)
    const buckets = known.get(name) ?? makeBuckets(name, rate)
    known.set(name, buckets)
    return buckets
  }

  return {
    takeToken: ({ ownerId, rate }) => {
      if (rate === null) return undefined
      const taken = bucketsOf(rate).take(ownerId)
      return taken instanceof Promise
        ? taken.then((late) => allowance(rate, late))
        : allowance(rate, taken)
    },
    hasToken: ({ ownerId, rate }) => rate === null || bucketsOf(rate).hasToken(ownerId),
    close: () => redis?.close(),
  }
}

/** The state of a bucket after so many tokens were asked of it; rejects if neither Redis nor the primary has answered. */
const consume = (
  limiter: Pick<RateLimiterAbstract, 'consume'>,
  ownerId: string,
  tokens: number,
): Promise<RateLimiterRes> =>
  limiter.consume(ownerId, tokens).catch((left: unknown) => {
    if (left instanceof RateLimiterRes) return left // It had fewer.
    throw left
  })

const allowance = (rate: Rate, { allowed, remaining, msBeforeNext }: Taken): Allowance => ({
  ...{ policy: 'rate', allowed, quota: rate.requests, windowSeconds: rate.seconds, remaining },
  resetSeconds: Math.max(1, Math.ceil(msBeforeNext / 1000)),
})
