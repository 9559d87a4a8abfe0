import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDuration } from '../keys/duration.ts'
import { formatRate, parseRate } from './rate.ts'

test('a rate is read as it is written', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 999_999_999 }),
      fc.constantFrom(1, 60, 3600, 86_400),
      (requests, seconds) => {
        expect(parseRate(formatRate({ requests, seconds }))).toEqual({ requests, seconds })
      },
    ),
  )
})

test.each(['', '100', '0/s', '-1/s', '1.5/s', '100/y', '1e3/s', ' 1/s', '1/s ', '9999999999/s'])(
  '%j is no rate',
  (text) => expect(parseRate(text)).toBeUndefined(),
)

test.each([
  ['45s', 45_000],
  ['30m', 1_800_000],
  ['24h', 86_400_000],
  ['90d', 7_776_000_000],
])('%s is %d ms', (text, ms) => expect(parseDuration(text)).toBe(ms))

test.each(['', '90', '0d', '-1d', '1.5h', '1y', 'd', '9999999d'])('%j is no span', (text) =>
  expect(parseDuration(text)).toBeUndefined(),
)
