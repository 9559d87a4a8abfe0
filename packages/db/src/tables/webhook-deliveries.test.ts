import { emptyDatabase } from '@dsapi/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { explain } from '../../test/explain.ts'
import { openDatabase } from '../connection/open-database.ts'
import type { Database } from '../schema.ts'
import { listExpired } from './expired-rows.ts'
import {
  claimDeliveries,
  hasDueDeliveries,
  insertWebhookDelivery,
  rescheduleDeliveries,
} from './webhook-deliveries.ts'
import {
  countPendingDeliveries,
  listDeliveries,
  listDeliveriesOfJob,
  listFinishedDeliveries,
} from './webhook-lists.ts'
import { listWebhookSecrets } from './webhook-secrets.ts'

let db: Database
beforeAll(async () => {
  db = await openDatabase({ url: await emptyDatabase() }, { create: true })
  const row = { owner_id: 'k', job_id: 'j', type: 'a', url: 'https://a.example', body: '' }
  for (let i = 0; i < 200; i++) {
    await insertWebhookDelivery(db, { ...row, id: String(i) }, { now: i, giveUpAt: i })
  }
})
afterAll(() => db.destroy())

const now = 5
const after = { finishedAt: 1, id: 'a' }
const before = { createdAt: 5, id: 'a' }

test.each<[string, (db: Database) => Promise<unknown>]>([
  [
    'deliveries to claim',
    (on) => claimDeliveries(on, { now, until: 9, limit: 8, busyOwners: ['a', 'b'] }),
  ],
  ['whether some are due', (on) => hasDueDeliveries(on, { now, busyOwners: [] })],
  ['those to reschedule', (on) => rescheduleDeliveries(on, { now, scheduledAfter: 9 })],
  ['old ones', (on) => listExpired(on, 'webhooks', { before: 5, limit: 5 })],
  ['those of a job', (on) => listDeliveriesOfJob(on, 'j')],
  ['those of an owner', (on) => listDeliveries(on, { ownerId: 'k', before, limit: 5 })],
  ['all of them', (on) => listDeliveries(on, { before, limit: 5 })],
  ['finished ones', (on) => listFinishedDeliveries(on, { after, until: 9, limit: 5 })],
  ['how many are pending', (on) => countPendingDeliveries(on)],
  ['the secrets of an owner', (on) => listWebhookSecrets(on, 'k', 1)],
])('%s are found by an index', async (_, run) => {
  for (const plan of await explain(db, run)) {
    expect(plan).toMatch(/Index|USING (COVERING )?INDEX/)
    expect(plan).not.toMatch(/Seq Scan|SCAN webhook_\w+$/m)
  }
})

test('the deliveries to claim are read in the order of their index', async () => {
  const run = (on: Database) =>
    claimDeliveries(on, { now, until: 9, limit: 8, busyOwners: ['a', 'b'] })
  for (const plan of await explain(db, run)) {
    expect(plan).toContain('webhook_deliveries_pending')
    expect(plan).not.toMatch(/Sort|TEMP B-TREE FOR ORDER BY/)
  }
})
