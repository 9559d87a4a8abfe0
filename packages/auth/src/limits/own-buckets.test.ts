import fc from 'fast-check'
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createOwnBuckets } from './own-buckets.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const step = fc.record({
  owner: fc.constantFrom('a', 'b'),
  waitMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 2500 })),
})

test('a bucket of this process gives what one of rate-limiter-flexible gives, at each moment', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 5 }),
      fc.constantFrom(1, 2),
      fc.array(step, { maxLength: 40 }),
      async (requests, seconds, steps) => {
        const own = createOwnBuckets({ requests, seconds })
        const library = new RateLimiterMemory({ points: requests, duration: seconds })
        for (const { owner, waitMs } of steps) {
          await vi.advanceTimersByTimeAsync(waitMs)
          const hadToken = own.hasToken(owner)
          const taken = await own.take(owner)
          const [allowed, left] = await library.consume(owner).then(
            (left) => [true, left] as const,
            (left: RateLimiterRes) => [false, left] as const,
          )
          expect([hadToken, taken]).toEqual([
            allowed,
            { allowed, remaining: left.remainingPoints, msBeforeNext: left.msBeforeNext },
          ])
        }
      },
    ),
    { numRuns: 200 },
  )
})
