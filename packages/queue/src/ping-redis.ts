import { setTimeout } from 'node:timers/promises'
import { Redis } from 'ioredis'

const patienceMs = 2000

const tooLate = async () => {
  await setTimeout(patienceMs, undefined, { ref: false })
  throw new Error(`no answer in ${patienceMs} ms`)
}

/**
 * Asks a Redis for a sign of life, once.
 *
 * @throws Error that says why there was none
 */
export const pingRedis = async (url: string): Promise<void> => {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null })
  client.on('error', () => {}) // The same error rejects `connect`.
  try {
    await Promise.race([client.connect().then(() => client.ping()), tooLate()])
  } catch (error) {
    throw new Error('Redis does not answer at REDIS_URL: start it, or correct the address', {
      cause: error,
    })
  } finally {
    client.disconnect()
  }
}
