import { type Database, openDatabase } from '@dsapi/db'
import { emptyDatabase } from '@dsapi/testing'
import { beforeEach, expect, test } from 'vitest'
import { createKey } from '../keys/manage-keys.ts'
import { countTraffic } from './count-traffic.ts'
import { quantileMs } from './duration-buckets.ts'
import { readKeyUsage, readUsedToday } from './read-key-usage.ts'
import { readTraffic } from './read-traffic.ts'

let db: Database
const started: { readonly stop: () => Promise<void> }[] = []
beforeEach(async () => {
  db = await openDatabase({ url: await emptyDatabase() }, { create: true })
  return async () => {
    for (const traffic of started.splice(0)) await traffic.stop()
    await db.destroy()
  }
})

const start = (areMinutesKept = true) => {
  const onError = (error: unknown) => {
    throw error
  }
  const traffic = countTraffic(db, { host: 'a', areMinutesKept, onError })
  started.push(traffic)
  return traffic
}

const request = { keyId: 'k1', route: '/predict', status: 200, seconds: 0.004 }
const hour = { windowMs: 3_600_000, by: 'route' as const }

test('processes of a host count together, by key, route and status', async () => {
  const [first, second] = [start(), start()]
  for (const traffic of [first, second]) {
    traffic.count(request)
    traffic.count({ ...request, status: 404 })
    traffic.count({ ...request, keyId: 'k2', status: 429 })
    traffic.count({ ...request, keyId: undefined, route: '/jobs', status: 500, seconds: 60 })
    await traffic.flush()
    await traffic.flush()
  }
  const now = Date.now()
  const { total, groups, steps } = await readTraffic(db, { ...hour, now })
  expect(total).toEqual({
    ...{ requests: 8, client_errors: 4, rate_limited: 2, server_errors: 2 },
    ...{ p50_ms: 5, p95_ms: 30_000, p99_ms: 30_000 },
  })
  expect(groups).toMatchObject([
    { name: '/predict', requests: 6, client_errors: 4, server_errors: 0 },
    { name: '/jobs', requests: 2, server_errors: 2 },
  ])
  expect(steps.length).toBeGreaterThanOrEqual(60)
  expect(steps.reduce((sum, { requests }) => sum + requests, 0)).toBe(8)
  const byKey = await readTraffic(db, { ...hour, by: 'key', now })
  expect(byKey.groups.map(({ name, requests }) => [name, requests])).toEqual(
    expect.arrayContaining([
      ['k1', 4],
      ['k2', 2],
      ['', 2],
    ]),
  )
  const ofKey = await readTraffic(db, {
    ...hour,
    by: 'status',
    keyId: 'k1',
    route: '/predict',
    now,
  })
  expect(ofKey.groups).toMatchObject([{ requests: 2 }, { requests: 2 }])
  expect(ofKey.groups.map(({ name }) => name).toSorted()).toEqual(['2xx', '4xx'])
})

test('the requests of a key are counted by day, also where minutes are not kept', async () => {
  const traffic = start(false)
  for (const status of [200, 404, 429, 503]) traffic.count({ ...request, status })
  traffic.count({ ...request, keyId: undefined })
  await traffic.flush()
  const now = Date.now()
  const counts = { requests: 4, client_errors: 2, server_errors: 1 }
  const usage = [{ id: 'k1', days: [{ day: new Date(now).toISOString().slice(0, 10), ...counts }] }]
  expect(await readKeyUsage(db, { days: 2, now })).toEqual(usage)
  expect(await readKeyUsage(db, { keyId: 'k1', days: 2, now })).toEqual(usage)
  expect(await readKeyUsage(db, { keyId: 'k2', days: 2, now })).toEqual([])
  expect((await readTraffic(db, { ...hour, now })).total.requests).toBe(0)
})

test('what is used today is counted for a line of rotated keys together', async () => {
  const { stored } = await createKey(db, { name: 'a' }, { actor: 'cli:me', now: 0 })
  const traffic = start()
  traffic.count({ ...request, keyId: stored.id })
  traffic.count({ ...request, keyId: 'successor' })
  await traffic.flush()
  const keys = [stored, { ...stored, id: 'successor' }]
  const usedToday = await readUsedToday(db, keys, Date.now())
  expect(keys.map(usedToday)).toEqual([2, 2])
})

test('keys with few requests are added up where there are too many', async () => {
  const traffic = start()
  for (let key = 0; key < 300; key++) traffic.count({ ...request, keyId: `k${key}` })
  for (let i = 0; i < 5; i++) traffic.count({ ...request, keyId: 'busy' })
  await traffic.flush()
  const { groups, total } = await readTraffic(db, { ...hour, by: 'key', now: Date.now() })
  expect(total.requests).toBe(305)
  expect(groups.slice(0, 2)).toMatchObject([
    { name: 'other', requests: 101 },
    { name: 'busy', requests: 5 },
  ])
})

test('a quantile is the upper bound of its class, and the last class has none', () => {
  expect(quantileMs([], 0.5)).toBeNull()
  expect(quantileMs([1, 1, 0, 0], 0.5)).toBe(1)
  expect(quantileMs([1, 1, 0, 0], 0.51)).toBe(2.5)
  expect(quantileMs([...Array(14).fill(0), 3], 0.99)).toBe(30_000)
})
