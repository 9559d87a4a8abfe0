import { Redis } from 'ioredis'

/**
 * Asks a Redis for a sign of life, once.
 *
 * @throws Error that says why there was none
 */
export const pingRedis = async (url: string): Promise<void> => {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null })
  client.on('error', () => {}) // The same error rejects `connect`.
  try {
    await client.connect()
    await client.ping()
  } catch (error) {
    throw new Error('Redis does not answer at REDIS_URL: start it, or correct the address', {
      cause: error,
    })
  } finally {
    client.disconnect()
  }
}
