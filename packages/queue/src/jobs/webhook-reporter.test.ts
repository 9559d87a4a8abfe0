import { claimNextJobs, type Database, insertApiKey, listDeliveries, openDatabase } from '@dsapi/db'
import { emptyDatabase } from '@dsapi/testing'
import { expect, onTestFinished, test } from 'vitest'
import { createDatabaseDispatcher } from '../dispatch/database-dispatcher.ts'
import { changeJob } from './change-job.ts'
import { createJobQueue } from './submit-job.ts'

const url = 'https://example.com/hook'

const open = async () => {
  const db = await openDatabase({ url: await emptyDatabase() }, { create: true })
  onTestFinished(() => db.destroy())
  const key = { id: 'k', name: '', hash: '', prefix: '', suffix: '', created_at: 0 }
  await insertApiKey(db, key)
  return db
}

const submit = async (db: Database, webhookUrl?: string) => {
  const dispatcher = createDatabaseDispatcher(db, () => {})
  const queue = createJobQueue(db, dispatcher, { limit: 10, ownerLimit: 10 })
  const job = { keyId: 'k', kind: 'batch', input: {}, timeLimitMs: 1, modelVersion: '2-ab' }
  const submitted = await queue.submit({ ...job, webhookUrl })
  await dispatcher.close()
  if (submitted.outcome === 'conflict') throw new Error('There should be no conflict')
  const [claim] = await claimNextJobs(db, { now: Date.now(), limit: 1 })
  return claim
}

const ends = {
  succeeded: (db: Database, claim: { readonly id: string; readonly attempt: number }) =>
    changeJob(db, 'succeed', { claim, result: '1' }),
  failed: (db: Database, claim: { readonly id: string; readonly attempt: number }) =>
    changeJob(db, 'fail', { claim, error: 'no' }),
  cancelled: (db: Database, { id }: { readonly id: string }) =>
    changeJob(db, 'cancel', { id, keyId: 'k' }),
}

test.each(['succeeded', 'failed', 'cancelled'] as const)(
  'a job that has %s leaves a message to its webhook, once, which says so without its result',
  async (state) => {
    const db = await open()
    const claim = await submit(db, url)
    expect(await listDeliveries(db, { limit: 9 })).toEqual([])
    const ended = await ends[state](db, claim)
    await ends[state](db, claim)
    const deliveries = await listDeliveries(db, { limit: 9 })
    expect(deliveries).toMatchObject([
      { owner_id: 'k', job_id: claim.id, type: `job.${state}`, url, state: 'pending' },
    ])
    const finished = new Date(ended?.finished_at ?? 0).toISOString()
    expect(JSON.parse(deliveries[0].body)).toEqual({
      type: `job.${state}`,
      timestamp: finished,
      data: {
        ...{ id: claim.id, kind: 'batch', state, model: 'default', model_version: '2-ab' },
        created_at: new Date(claim.created_at).toISOString(),
        finished_at: finished,
      },
    })
  },
)

test('a job without a webhook leaves no message, and neither does one that is to be tried again', async () => {
  const db = await open()
  const silent = await submit(db)
  await ends.succeeded(db, silent)
  const claim = await submit(db, url)
  await changeJob(db, 'retry', { claim, runAt: 0 })
  expect(await listDeliveries(db, { limit: 9 })).toEqual([])
})
