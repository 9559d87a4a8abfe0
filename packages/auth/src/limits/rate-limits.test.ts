import { describeWithRedis, type RedisServer, startRedis, waitFor } from '@dsapi/testing'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { StoredKey } from '../keys/stored-key.ts'
import { createRateLimits } from './rate-limits.ts'

const key: StoredKey = {
  id: 'a',
  ownerId: 'a',
  name: '',
  note: '',
  hash: '',
  prefix: '',
  suffix: '',
  scopes: [],
  rate: { requests: 3, seconds: 3600 },
  models: null,
  dailyQuota: null,
  maxJobs: null,
  createdBy: '',
  createdAt: 0,
  expiresAt: null,
  disabledAt: null,
  revokedAt: null,
  replacedBy: null,
  lastUsedAt: null,
  webhookUrl: null,
}

const limits = async (redisUrl?: string) => {
  const heard: string[] = []
  const made = await createRateLimits({
    redisUrl,
    onRedisUnreachable: () => heard.push('away'),
    onRedisReconnected: () => heard.push('back'),
  })
  onTestFinished(made.close)
  const take = async (of = key) => (await made.takeToken(of))?.allowed
  return { ...made, heard, take }
}

describe('in memory', () => {
  test('a bucket gives as many tokens as it holds, and says how many are left', async () => {
    const { takeToken, take } = await limits()
    expect(await takeToken(key)).toMatchObject({ allowed: true, quota: 3, remaining: 2 })
    expect([await take(), await take(), await take()]).toEqual([true, true, false])
    expect(await takeToken(key)).toMatchObject({ remaining: 0, resetSeconds: 3600 })
  })

  test('a bucket is filled when its window is over', async () => {
    const { take } = await limits()
    const quick = { ...key, rate: { requests: 1, seconds: 1 } }
    expect([await take(quick), await take(quick)]).toEqual([true, false])
    await waitFor(async () => (await take(quick)) === true)
  })

  test('owners have buckets of their own, the keys of one line share theirs', async () => {
    const { take } = await limits()
    for (let i = 0; i < 3; i++) await take()
    expect(await take({ ...key, id: 'successor' })).toBe(false)
    expect(await take({ ...key, ownerId: 'b' })).toBe(true)
  })

  test('a key without a rate is not asked for a token', async () => {
    const { takeToken } = await limits()
    expect(takeToken({ ...key, rate: null })).toBeUndefined()
  })
})

describeWithRedis('with Redis', () => {
  let redis: RedisServer

  beforeEach(async () => {
    redis = await startRedis()
    return redis.stop
  })

  /** Limits that have reached Redis: what they take is taken from all. */
  const connected = async () => {
    const made = await limits(redis.url)
    const probe = await limits(redis.url)
    await waitFor(async () => {
      const fresh = { ...key, ownerId: crypto.randomUUID() }
      await made.take(fresh)
      return (await probe.takeToken(fresh))?.remaining === 1
    })
    return made
  }

  test('processes take from the same bucket', async () => {
    const [first, second] = [await connected(), await connected()]
    expect([await first.take(), await second.take(), await first.take()]).toEqual([
      true,
      true,
      true,
    ])
    expect([await first.take(), await second.take()]).toEqual([false, false])
  })

  test('processes that take in advance admit no more than the rate, and all but what the other holds', async () => {
    const [first, second] = [await connected(), await connected()]
    const many = { ...key, rate: { requests: 128, seconds: 3600 } }
    const taken = []
    for (let i = 0; i < 200; i++) taken.push(await (i % 3 === 0 ? second : first).take(many))
    const allowed = taken.filter((one) => one === true).length
    expect(allowed).toBeLessThanOrEqual(128)
    expect(allowed).toBeGreaterThanOrEqual(128 - 128 / 32)
  })

  test('while Redis is unreachable each process keeps its own, logs it once, and returns to Redis', async () => {
    const made = await connected()
    for (let i = 0; i < 3; i++) await made.take()
    expect(await made.take()).toBe(false)

    await redis.kill()
    await waitFor(() => made.heard.includes('away'))
    expect([await made.take(), await made.take(), await made.take()]).toEqual([true, true, true])
    expect(await made.take()).toBe(false)

    await redis.start()
    await waitFor(() => made.heard.includes('back'))
    expect(made.heard).toEqual(['away', 'back'])
    expect(await made.take()).toBe(true)
  })

  test.each([
    ['is full', ['CONFIG', 'SET', 'maxmemory', '1'], ['CONFIG', 'SET', 'maxmemory', '0']],
    ['only reads', ['REPLICAOF', '127.0.0.1', '1'], ['REPLICAOF', 'NO', 'ONE']],
    ['keeps writers waiting', ['CLIENT', 'PAUSE', '600000', 'WRITE'], ['CLIENT', 'UNPAUSE']],
    [
      'lets this user write no scripts',
      ['ACL', 'SETUSER', 'default', '-@scripting'],
      ['ACL', 'SETUSER', 'default', '+@all'],
    ],
  ])(
    'while Redis answers and %s each process keeps its own, and says so once',
    async (_, refuse, allow) => {
      await redis.command('CONFIG', 'SET', 'maxmemory-policy', 'noeviction')
      const made = await connected()
      const other = { ...key, ownerId: 'other' }
      for (let i = 0; i < 3; i++) await made.take()
      await redis.command(...refuse)
      // Also without a request: nobody may ask for a while.
      await waitFor(() => made.heard.length > 0)
      expect(made.heard).toEqual(['away'])
      for (const allowed of [true, true, true, false]) expect(await made.take(other)).toBe(allowed)
      for (let i = 0; i < 20; i++) await made.take(other)
      expect(made.heard).toEqual(['away'])

      await redis.command(...allow)
      await waitFor(() => made.heard.includes('back'))
      expect(made.heard).toEqual(['away', 'back'])
      expect(await made.take()).toBe(false) // Redis has kept what was taken before.
    },
  )

  test('once Redis wants a password, each process that connects anew keeps its own', async () => {
    const made = await connected()
    await redis.command('CONFIG', 'SET', 'requirepass', 'secret')
    await redis.command('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
    await waitFor(() => made.heard.length > 0)
    for (const allowed of [true, true, true, false]) expect(await made.take()).toBe(allowed)
    await redis.command('CONFIG', 'SET', 'requirepass', '')
    await waitFor(() => made.heard.includes('back'))
    expect(made.heard).toEqual(['away', 'back'])
  })
})
