import { setTimeout } from 'node:timers/promises'
import type { Redis } from 'ioredis'

const patienceMs = 2000

/** Redis cannot be used as REDIS_URL says; the message says why and what to do. */
class RedisError extends Error {
  override readonly name = 'RedisError'
}

const tooLate = async () => {
  await setTimeout(patienceMs, undefined, { ref: false })
  throw new Error(`it does not answer within ${patienceMs} ms`)
}

/** What is written to see whether Redis writes at all; under a name that bee-queue's rights cover. */
const probeKey = 'bq:dsapi:probe'

const reasonOf = (error: unknown) =>
  // A connection that could not be made is an AggregateError without a message, with one error an address.
  error instanceof AggregateError ? String(error.errors[0]) : String(error)

const isNoSuchDatabase = (error: unknown) =>
  error instanceof Error && /DB index is out of range|SELECT is not allowed/i.test(error.message)

/** Connects once. Asks for the database itself: ioredis goes on with number 0 where Redis refuses another. */
const withRedis = async (url: string, task: (client: Redis) => Promise<unknown>) => {
  const ioredis = await import('ioredis')
  const client = new ioredis.Redis(url, { lazyConnect: true, retryStrategy: () => null })
  let refused: unknown // A login that fails is reported here; `connect` only says that the connection was closed.
  client.on('error', (error) => {
    refused ??= error
  })
  const ask = async () => {
    await client.connect()
    await client.select(client.options.db ?? 0)
    await task(client)
  }
  const asking = ask()
  asking.catch(() => {}) // It may fail after the time limit.
  try {
    await Promise.race([asking, tooLate()])
  } catch (error) {
    const cause = refused ?? error
    if (isNoSuchDatabase(cause)) throw noSuchDatabase(client.options.db ?? 0, cause)
    throw cause
  } finally {
    client.disconnect()
  }
}

const noSuchDatabase = (db: number, cause: unknown) =>
  new RedisError(
    `Redis has no database ${db} (${reasonOf(cause)}): change the number at the end of REDIS_URL, or raise "databases" in redis.conf`,
    { cause },
  )

/**
 * Asks a Redis for what dsapi needs of it, once: a login, the database, a write.
 *
 * @throws RedisError that says what it refuses, or that there was no answer
 */
export const pingRedis = async (url: string): Promise<void> => {
  try {
    await withRedis(url, (client) => client.set(probeKey, '', 'PX', 1000))
  } catch (cause) {
    if (cause instanceof RedisError) throw cause
    throw new RedisError(
      `Redis cannot be used at REDIS_URL (${reasonOf(cause)}): start it, or correct the address or what it refuses`,
      { cause },
    )
  }
}

/**
 * Refuses a number of a database that Redis does not have: ioredis would use number 0. A Redis that is unreachable now
 * is waited for while dsapi runs.
 *
 * @throws RedisError
 */
export const refuseMissingDatabase = async (url: string): Promise<void> => {
  if (!/\/\d+$/.test(new URL(url).pathname)) return
  await withRedis(url, async () => {}).catch((error: unknown) => {
    if (error instanceof RedisError) throw error
  })
}
