import {
  type Claim,
  cancelJobRow,
  claimNextJobs,
  type Database,
  failJob,
  failSilentJob,
  findJob,
  insertApiKey,
  insertJob,
  openDatabase,
  releaseJob,
  requeueSilentJob,
  restartJob,
  retryJob,
  succeedJob,
} from '@dsapi/db'
import { emptyDatabase } from '@dsapi/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type JobEvent, next, transitions } from './transitions.ts'

const now = 1000

/** Each event as the statement that makes it happen; says whether it did. */
const statements: Record<JobEvent, (db: Database, claim: Claim) => Promise<unknown>> = {
  claim: async (db) => (await claimNextJobs(db, { now, limit: 1 }))[0],
  succeed: (db, claim) => succeedJob(db, claim, { result: '1', now }),
  retry: (db, claim) => retryJob(db, claim, now),
  fail: (db, claim) => failJob(db, claim, { error: 'no', now }),
  release: releaseJob,
  requeue: async (db, claim) => {
    const row = await findJob(db, claim.id)
    const silent = { ...claim, heartbeat: row?.heartbeat ?? 0 }
    return requeueSilentJob(db, silent, { runAt: now, maxAttempts: 1000 })
  },
  giveUp: async (db, claim) => {
    const row = await findJob(db, claim.id)
    const silent = { ...claim, heartbeat: row?.heartbeat ?? 0 }
    return failSilentJob(db, silent, { now, maxAttempts: 0, error: 'lost' })
  },
  cancel: (db, { id }) => cancelJobRow(db, { id, keyId: 'k', now }),
  restart: (db, { id }) => restartJob(db, { id, now }),
}

const isClaimed = (event: JobEvent) => !['claim', 'cancel', 'restart'].includes(event)

test('whatever happens to a job in whatever order, it goes by the table, and only for who holds it', async () => {
  const db = await openDatabase({ url: await emptyDatabase() }, { create: true })
  const key = { id: 'k', name: '', hash: '', prefix: '', suffix: '', created_at: 0 }
  await insertApiKey(db, key)
  const events = Object.keys(transitions) as JobEvent[]
  const step = fc.record({
    event: fc.constantFrom(...events),
    /** Some steps are made by a worker that holds an attempt from earlier. */
    stale: fc.nat({ max: 3 }).map((n) => (n === 0 ? 1 : 0)),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.uuid(), async (steps, id) => {
      await db.deleteFrom('jobs').execute()
      const job = { id, keyId: 'k', kind: '', input: '{}', timeLimitMs: 1, now: 0 }
      await insertJob(db, {
        ...job,
        idempotencyKey: null,
        fingerprint: null,
        requestId: null,
        traceparent: null,
        modelVersion: null,
      })
      let state = (await findJob(db, id))?.state ?? 'failed'
      let attempt = 0
      expect(state).toBe('queued')
      for (const { event, stale } of steps) {
        const fenced = isClaimed(event) && stale === 1
        const expected = fenced ? undefined : next(state, event)
        const done = await statements[event](db, { id, attempt: attempt - (fenced ? 1 : 0) })
        expect(Boolean(done)).toBe(expected !== undefined)
        if (expected !== undefined) state = expected
        if (expected !== undefined && event === 'claim') attempt++
        const row = await findJob(db, id)
        expect(row).toMatchObject({ state, attempt })
        expect(row?.result).toBe(state === 'succeeded' ? '1' : null)
      }
    }),
    { numRuns: 200 },
  )
  await db.destroy()
})
