import type { Traffic } from '@dsapi/client'
import { expect, test } from 'vitest'
import { featureRows } from '../src/app/pages/drift/rows.ts'
import { findNotices } from '../src/app/pages/overview/notices.ts'
import { durationCurves, errorShare, meanRate, rateCurves } from '../src/app/pages/traffic/rates.ts'
import { timeTicksOf } from '../src/app/plots/scale.ts'
import { barWidths } from '../src/app/plots/share-rows.ts'
import { markAfter, nearestIndex } from '../src/app/plots/walk.ts'

const counts = {
  ...{ requests: 120, client_errors: 30, rate_limited: 6, server_errors: 12 },
  ...{ p50_ms: 5, p95_ms: 10, p99_ms: null },
}
const none = {
  ...{ requests: 0, client_errors: 0, rate_limited: 0, server_errors: 0 },
  ...{ p50_ms: null, p95_ms: null, p99_ms: null },
}
const traffic: Traffic = {
  ...{ since: '2026-11-01T00:00:00.000Z', step_seconds: 60, by: 'route', groups: [] },
  total: counts,
  steps: [
    { at: '2026-11-01T00:00:00.000Z', ...counts },
    { at: '2026-11-01T00:01:00.000Z', ...none },
    { at: '2026-11-01T00:02:00.000Z', ...none },
  ],
}
const start = Date.parse(traffic.since)

test('traffic is drawn per second, with errors by class, without the step that has not ended', () => {
  expect(rateCurves(traffic).map(({ name, points }) => [name, points])).toEqual([
    [
      'all',
      [
        [start, 2],
        [start + 60_000, 0],
      ],
    ],
    [
      '5xx',
      [
        [start, 0.2],
        [start + 60_000, 0],
      ],
    ],
    [
      '4xx',
      [
        [start, 0.4],
        [start + 60_000, 0],
      ],
    ],
    [
      '429',
      [
        [start, 0.1],
        [start + 60_000, 0],
      ],
    ],
  ])
  expect(meanRate(traffic)).toBe(1)
  expect([errorShare(counts), errorShare(none)]).toEqual([0.35, 0])
  expect(durationCurves(traffic)[2]?.points[0]?.[1]).toBeNaN()
})

test('a report of one step has a rate of zero', () => {
  expect(meanRate({ ...traffic, steps: [{ at: traffic.since, ...none }] })).toBe(0)
})

test('arrow keys walk through the points and stop at the ends', () => {
  const walk = (keys: readonly string[], length: number) =>
    keys.reduce<number | undefined>((index, key) => {
      const next = markAfter(key, index, length)
      return next === 'other' ? index : next
    }, undefined)
  expect(walk(['ArrowLeft'], 3)).toBe(2)
  expect(walk(['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight'], 3)).toBe(2)
  expect(walk(['End', 'ArrowLeft', 'Home', 'ArrowLeft'], 3)).toBe(0)
  expect(walk(['Home', 'Escape'], 3)).toBeUndefined()
  expect(walk(['ArrowRight'], 0)).toBeUndefined()
  expect(markAfter('Tab', 1, 3)).toBe('other')
})

test('the nearest point of a click is found', () => {
  expect(nearestIndex([0, 10, 20], 14)).toBe(1)
  expect(nearestIndex([0, 10, 20], 99)).toBe(2)
  expect(nearestIndex([], 1)).toBeUndefined()
})

test('ticks of time are round on the clock that is shown', () => {
  const hours = (ticks: readonly number[]) => ticks.map((tick) => (tick - start) / 3_600_000)
  expect(hours(timeTicksOf([start, start + 86_400_000], 8, 0))).toEqual([
    0, 3, 6, 9, 12, 15, 18, 21, 24,
  ])
  const days = timeTicksOf([start, start + 7 * 86_400_000], 8, 3_600_000)
  expect(hours(days)[0]).toBe(23)
})

test('the overview names failed jobs and server errors of the last hour', () => {
  const texts = (failed: number, server_errors: number) =>
    findNotices({
      ...{ ready: undefined, stats: undefined, keys: [], now: start, failed, mostFailed: 100 },
      ...{ traffic: { ...none, server_errors }, drift: undefined },
    }).map(({ text }) => text)
  expect(texts(0, 0)).toEqual([])
  expect(texts(1, 1)).toEqual([
    '1 request was answered with a server error in the last hour',
    '1 job of the last hour failed',
  ])
  expect(texts(100, 0)).toEqual(['100 or more jobs of the last hour failed'])
})

const shares = { expected_share: 0.25, actual_share: 0.75 }

test('shares are named by their bins, texts and missing values', () => {
  const rows = featureRows({
    ...{ feature: 'a', psi: 1, critical_value: 0.2, verdict: 'shifted' },
    bins: [
      { upper: 1, ...shares },
      { lower: 1, upper: 1, ...shares },
      { lower: 1, upper: 2, ...shares },
      { lower: 2, ...shares },
    ],
    texts: [{ text: 'red', ...shares }, shares],
    missing: shares,
  })
  expect(rows.map(({ label }) => label)).toEqual([
    ...['up to 1', 'exactly 1', '1 to 2', 'above 2'],
    ...['red', '(other texts)', '(missing)'],
  ])
})

test('the largest share has the longest bar', () => {
  const row = { label: '', expected: 0.2, actual: 0.4 }
  expect(barWidths([row, { ...row, actual: 0 }])).toEqual([
    [50, 100],
    [50, 0],
  ])
  expect(barWidths([{ label: '', expected: 0, actual: 0 }])).toEqual([[0, 0]])
})
