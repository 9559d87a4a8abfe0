import { randomUUID } from 'node:crypto'
import {
  claimDeliveries,
  type Database,
  findDelivery,
  insertWebhookDelivery,
  openDatabase,
} from '@dsapi/db'
import { emptyDatabase } from '@dsapi/testing'
import { beforeEach, expect, test } from 'vitest'
import { rescheduleAfterClock } from './reschedule.ts'

let db: Database
beforeEach(async () => {
  db = await openDatabase({ url: await emptyDatabase() }, { create: true })
  return () => db.destroy()
})

const add = async (now: number) => {
  const id = randomUUID()
  const row = { id, owner_id: 'k', job_id: null, type: 'a', url: 'https://a.example', body: '' }
  await insertWebhookDelivery(db, row, { now, giveUpAt: now })
  return id
}

test('a delivery that was determined before a clock was set back by an hour is due', async () => {
  const now = Date.now()
  const id = await add(now + 3_600_000)
  const usual = await add(now)
  await claimDeliveries(db, { now, until: now + 30_000, limit: 9, busyOwners: [] })
  await rescheduleAfterClock(db)
  expect((await findDelivery(db, id))?.next_attempt_at).toBeLessThan(now + 60_000)
  expect((await findDelivery(db, usual))?.next_attempt_at).toBe(now + 30_000)
})
