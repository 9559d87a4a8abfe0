import { describeWithRedis, type RedisServer, startRedis } from '@dsapi/testing'
import { beforeEach, expect, test } from 'vitest'
import { pingRedis, refuseMissingDatabase } from './ping-redis.ts'

describeWithRedis('pingRedis', () => {
  let redis: RedisServer
  beforeEach(async () => {
    redis = await startRedis()
    return redis.stop
  })

  test('is content with a Redis that does what dsapi needs', async () => {
    await pingRedis(redis.url)
    await pingRedis(`${redis.url}/15`)
    await refuseMissingDatabase(`${redis.url}/15`)
  })

  test('names a database that Redis does not have, as does the start', async () => {
    for (const ask of [pingRedis, refuseMissingDatabase]) {
      await expect(ask(`${redis.url}/99`)).rejects.toThrow(/no database 99.*end of REDIS_URL/)
    }
  })

  test.each([
    ['a login', ['CONFIG', 'SET', 'requirepass', 'secret'], /NOAUTH/],
    ['to write, for it is full', ['CONFIG', 'SET', 'maxmemory', '1'], /OOM/],
    ['to write, for it is a replica', ['REPLICAOF', '127.0.0.1', '1'], /READONLY/],
  ])('says that it refuses %s', async (_, refuse, reason) => {
    await redis.command('CONFIG', 'SET', 'maxmemory-policy', 'noeviction')
    await redis.command(...refuse)
    await expect(pingRedis(redis.url)).rejects.toThrow(reason)
    await refuseMissingDatabase(redis.url)
  })

  test('says that a password is wrong, without it', async () => {
    await redis.command('CONFIG', 'SET', 'requirepass', 'secret')
    const error = await pingRedis(redis.url.replace('//', '//:hunter2@')).catch((e: unknown) => e)
    expect(String(error)).toContain('WRONGPASS')
    expect(String(error)).not.toContain('hunter2')
  })

  test('says that nobody answers; the start goes on', async () => {
    await redis.kill()
    await expect(pingRedis(redis.url)).rejects.toThrow(/ECONNREFUSED/)
    await refuseMissingDatabase(`${redis.url}/99`)
  })
})
