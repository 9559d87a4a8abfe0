import { emptyDatabase } from '@dsapi/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { explain } from '../../test/explain.ts'
import { openDatabase } from '../connection/open-database.ts'
import type { Database } from '../schema.ts'
import { listKeyUsage } from './key-usage.ts'
import { sumTrafficBy, sumTrafficByTime } from './traffic.ts'
import { listUsageOn } from './usage.ts'

let db: Database
beforeAll(async () => {
  db = await openDatabase({ url: await emptyDatabase() }, { create: true })
})
afterAll(() => db.destroy())

test.each<[string, (db: Database) => Promise<unknown>]>([
  ['all traffic by time', (on) => sumTrafficByTime(on, { since: 1, stepMinutes: 5 })],
  ['traffic of a route', (on) => sumTrafficBy(on, { since: 1, by: 'key_id', route: '/predict' })],
  ['traffic of a key', (on) => sumTrafficBy(on, { since: 1, by: 'route', keyId: 'k1' })],
  ['usage of all keys', (on) => listKeyUsage(on, { since: 1 })],
  ['usage of a key', (on) => listKeyUsage(on, { since: 1, keyId: 'k1' })],
  ['usage of quotas', (on) => listUsageOn(on, 1)],
])('%s is found by an index', async (_, run) => {
  for (const plan of await explain(db, run)) {
    expect(plan).toMatch(/Index|USING (COVERING )?INDEX/)
    expect(plan).not.toMatch(/Seq Scan|SCAN (traffic|key_usage|usage)$/m)
  }
})
