import { createRateLimits, type RateLimits } from '@dsapi/auth'
import type { Metrics } from '../metrics/metrics.ts'
import type { StartContext } from './start-context.ts'

/** Limits rates for all hosts together where there is Redis, and reports when it cannot. */
export const startRateLimits = async (
  { config, logger, stack }: StartContext,
  metrics: Metrics,
): Promise<RateLimits> => {
  metrics.setRateLimitsShared(config.redisUrl !== undefined)
  const rateLimits = await createRateLimits({
    redisUrl: config.redisUrl,
    onRedisUnreachable: (error) => {
      metrics.setRateLimitsShared(false)
      logger.warn(
        { err: error },
        'Redis is unreachable or rejects writes. Each host now limits rates by itself',
      )
    },
    onRedisReconnected: () => {
      metrics.setRateLimitsShared(true)
      logger.info('Redis is reachable again. Rates are limited for all hosts together')
    },
  })
  stack.defer(rateLimits.close)
  return rateLimits
}
