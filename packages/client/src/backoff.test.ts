import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mostTries, waitAfter } from './backoff.ts'

const now = Date.parse('2026-11-23T21:00:00Z')
const most = { now, random: () => 1 }
const least = { now, random: () => 0 }

describe('the wait before another try', () => {
  test('doubles at most, up to ten seconds, and is drawn from all below', () => {
    expect([1, 2, 3, 4].map((tries) => waitAfter(tries, null, most))).toEqual([200, 400, 800, 1600])
    expect([1, 2, 3, 4].map((tries) => waitAfter(tries, null, least))).toEqual([0, 0, 0, 0])
  })

  test('is no shorter than the server asks for, in seconds or until a date', () => {
    expect(waitAfter(1, '3', least)).toBe(3000)
    expect(waitAfter(1, '3', most)).toBe(3200)
    expect(waitAfter(1, 'Mon, 23 Nov 2026 21:00:05 GMT', least)).toBe(5000)
    expect(waitAfter(1, 'Mon, 23 Nov 2026 20:00:00 GMT', least)).toBe(0)
    expect(waitAfter(1, 'soon', least)).toBe(0)
  })

  test('is not made when the server asks for more than a minute', () => {
    expect(waitAfter(1, '60', least)).toBe(60_000)
    expect(waitAfter(1, '61', least)).toBeUndefined()
  })

  test('is never more than 70 seconds, and after the last try there is none', () => {
    const anything = fc.oneof(fc.constant(null), fc.string(), fc.nat().map(String))
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), anything, (tries, retryAfter) => {
        const ms = waitAfter(tries, retryAfter, most)
        if (tries >= mostTries) expect(ms).toBeUndefined()
        if (ms !== undefined) expect(ms).toBeLessThanOrEqual(70_000)
      }),
    )
  })
})
