import { randomUUID } from 'node:crypto'
import { followHealth } from '@dsapi/db'
import { Redis } from 'ioredis'
import { type RateLimiterAbstract, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'

/** Keeps the tokens of several processes in Redis. */
export type RedisRateStore = {
  /** A limiter of this rate; `insurance` takes its place while Redis is unreachable or refuses writes. */
  readonly limiter: (
    options: Bucket & { readonly insurance: RateLimiterAbstract },
  ) => Pick<RateLimiterAbstract, 'consume'>
  readonly close: () => void
}

type Bucket = {
  readonly points: number
  readonly duration: number
  readonly keyPrefix: string
}

/** Each process probes a counter of its own. */
const probeId = randomUUID()

/** A Redis that does not answer in this time counts as unreachable. */
const patienceMs = 250

/**
 * Connects to Redis, and keeps trying while it is unreachable. A Redis that answers but refuses what a limiter does
 * (because it is full, read-only, or requires a login) counts as unreachable too.
 *
 * @param options.onUnreachable is called once for each outage, with its cause
 * @param options.onReconnected is called when Redis works again
 */
export const createRedisRateStore = (
  url: string,
  options: { readonly onUnreachable: (error: unknown) => void; readonly onReconnected: () => void },
): RedisRateStore => {
  const client = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: patienceMs,
  })
  const limiterOf = (bucket: Bucket) =>
    new RateLimiterRedis({ storeClient: client, ...bucket, rejectIfRedisNotReady: true })
  // The probe sends what a limiter sends, so Redis refuses it whenever it would refuse a limiter.
  const probe = limiterOf({ points: 1e9, duration: 1, keyPrefix: 'dsapi:rate:probe' })
  const health = followHealth({
    ask: async () => {
      // If Redis refuses the database at the start of a connection, ioredis goes on with number 0.
      if (client.options.db) await client.select(client.options.db)
      await probe.consume(probeId)
    },
    onFailure: options.onUnreachable,
    onRecovery: options.onReconnected,
  })
  let isKnown = false // Whether the first attempt to connect has ended.
  client.on('error', (error) => {
    isKnown = true
    health.failed(error)
  })
  client.on('ready', () => {
    isKnown = true
    void health.look()
  })
  return {
    limiter: ({ insurance, ...bucket }) => {
      const limiter = limiterOf(bucket)
      const consume = async (ownerId: string, tokens?: number) => {
        if (!health.isOk()) return insurance.consume(ownerId, tokens)
        try {
          return await limiter.consume(ownerId, tokens)
        } catch (left) {
          if (left instanceof RateLimiterRes) throw left
          if (isKnown) health.failed(left)
          return insurance.consume(ownerId, tokens)
        }
      }
      return { consume: (ownerId, tokens) => consume(String(ownerId), tokens) }
    },
    close: () => {
      health.stop()
      client.disconnect()
    },
  }
}
