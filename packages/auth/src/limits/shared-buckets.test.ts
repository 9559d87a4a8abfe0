import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'
import { expect, test } from 'vitest'
import { createSharedBuckets } from './shared-buckets.ts'

/** Processes that share the bucket of a store, whose answers take their time. */
const processesOf = (count: number, requests: number) => {
  const store = new RateLimiterMemory({ points: requests, duration: 3600 })
  const asked: number[] = []
  const consume = async (ownerId: string, tokens: number) => {
    asked.push(tokens)
    const left = await store.consume(ownerId, tokens).catch((left: RateLimiterRes) => left)
    await setImmediate()
    return left
  }
  const processes = Array.from({ length: count }, () =>
    createSharedBuckets({ requests, seconds: 3600 }, consume),
  )
  return { processes, asked }
}

const allowedOf = async (taken: readonly unknown[]) =>
  (await Promise.all(taken)).filter((one) => (one as { allowed: boolean }).allowed).length

test('however requests come to processes, no more are admitted than the rate says, and few less', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 500 }),
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.array(fc.nat(3), { maxLength: 30 }), { maxLength: 40 }),
      async (requests, count, bursts) => {
        const { processes } = processesOf(count, requests)
        let allowed = 0
        let sent = 0
        for (const burst of bursts) {
          sent += burst.length
          allowed += await allowedOf(burst.map((one) => processes[one % count].take('a')))
        }
        expect(allowed).toBeLessThanOrEqual(Math.min(sent, requests))
        const held = (count - 1) * Math.floor(requests / 32)
        expect(allowed).toBeGreaterThanOrEqual(Math.min(sent, requests - held))
      },
    ),
    { numRuns: 200 },
  )
})

test('one process alone admits exactly the rate, and asks for few of its requests', async () => {
  const { processes, asked } = processesOf(1, 1000)
  let allowed = 0
  for (let i = 0; i < 1100; i++) allowed += await allowedOf([processes[0].take('a')])
  expect(allowed).toBe(1000)
  expect(asked.length).toBeLessThan(300)
})

test('a bucket with fewer than 32 tokens is asked for each request', async () => {
  const { processes, asked } = processesOf(1, 31)
  for (let i = 0; i < 40; i++) await processes[0].take('a')
  expect(asked).toEqual(Array(40).fill(1))
})

test('a request that a store does not answer is told, and the next one asks again', async () => {
  let isAway = true
  const { take } = createSharedBuckets({ requests: 100, seconds: 60 }, async () => {
    if (isAway) throw new Error('away')
    return { consumedPoints: 1, msBeforeNext: 1000 }
  })
  await expect(take('a')).rejects.toThrow('away')
  isAway = false
  expect(await take('a')).toMatchObject({ allowed: true, remaining: 99 })
})
