import { type Buckets, createWindows, type Window } from './bucket.ts'
import type { Rate } from './rate.ts'

/**
 * Buckets that no other process shares, so each request is decided at once. They behave as rate-limiter-flexible's buckets in
 * memory do, whose answers are promises.
 */
export const createOwnBuckets = ({ requests, seconds }: Rate): Buckets => {
  const windows = createWindows<Window>()

  const begin = (ownerId: string) => {
    const window = { tokens: requests, endsAt: performance.now() + seconds * 1000 }
    windows.set(ownerId, window)
    return window
  }

  return {
    take: (ownerId) => {
      const window = windows.find(ownerId) ?? begin(ownerId)
      const allowed = window.tokens > 0
      if (allowed) window.tokens--
      const msBeforeNext = window.endsAt - performance.now()
      return { allowed, remaining: window.tokens, msBeforeNext }
    },
    hasToken: (ownerId) => (windows.find(ownerId)?.tokens ?? requests) > 0,
  }
}
