import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { openDatabase } from '@dsapi/db'
import { emptyDatabase } from '@dsapi/testing'
import { expect, onTestFinished, test } from 'vitest'
import { createKey, type KeyOptions } from '../keys/manage-keys.ts'
import { createRateLimits } from '../limits/rate-limits.ts'
import { trackUsage } from '../usage/usage.ts'
import { chargeAtOnce, chargeOf } from './charge-at-once.ts'

const chargingOf = async (options: Partial<KeyOptions>) => {
  const db = await openDatabase({ url: await emptyDatabase() }, { create: true })
  onTestFinished(() => db.destroy())
  const by = { actor: 'cli:test', now: 0 } as const
  const { stored: key } = await createKey(db, { name: 'test', ...options }, by)
  const unexpected = () => expect.unreachable()
  const usage = trackUsage(db, { onError: unexpected })
  onTestFinished(usage.stop)
  const rateLimits = await createRateLimits({
    ...{ redisUrl: undefined, onRedisUnreachable: unexpected, onRedisReconnected: unexpected },
  })
  const request = new IncomingMessage(new Socket())
  const charge = () => chargeAtOnce({ rateLimits, usage }, request, key)
  const takeFromDay = async () => (await usage.takeFromDay(key, Date.now()))?.remaining
  return { charge, takeFromDay, request }
}

test('a key without limits is charged nothing', async () => {
  const { charge, request } = await chargingOf({})
  expect(charge()).toEqual([])
  expect(chargeOf(request)).toBeUndefined()
})

test('a rate is charged at once, and what was taken is kept with the request', async () => {
  const { charge, request } = await chargingOf({ rate: { requests: 2, seconds: 3600 } })
  expect(charge()).toMatchObject([{ policy: 'rate', remaining: 1 }])
  expect(chargeOf(request)).toMatchObject([{ policy: 'rate', remaining: 1 }])
})

test('a rate that is used up is not charged', async () => {
  const { charge } = await chargingOf({ rate: { requests: 1, seconds: 3600 } })
  expect(charge()).toHaveLength(1)
  expect(charge()).toBeUndefined()
})

test('a daily quota is charged at once when the process knows what is left, beside a rate', async () => {
  const rate = { requests: 9, seconds: 3600 }
  const { charge, takeFromDay } = await chargingOf({ rate, dailyQuota: 1000 })
  expect(charge()).toBeUndefined()
  expect(await takeFromDay()).toBe(999)
  expect(charge()).toMatchObject([
    { policy: 'rate', remaining: 8 },
    { policy: 'day', remaining: 998 },
  ])
})

test('nothing is taken from a rate when the database has to decide about the quota', async () => {
  const rate = { requests: 1, seconds: 3600 }
  const { charge, request } = await chargingOf({ rate, dailyQuota: 5 })
  expect([charge(), charge()]).toEqual([undefined, undefined])
  expect(chargeOf(request)).toBeUndefined()
})
