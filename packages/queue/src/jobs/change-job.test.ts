import {
  type Claim,
  claimNextJobs,
  type Database,
  findJob,
  insertApiKey,
  insertJob,
  type JobEvent,
  type JobState,
  openDatabase,
  transitions,
} from '@dsapi/db'
import { emptyDatabase } from '@dsapi/testing'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { changeJob } from './change-job.ts'
import { endReporters } from './end-reporters.ts'
import { isEnd, type JobEnd } from './job-end.ts'

const now = 1000

const silent = async (db: Database, claim: Claim) => {
  const row = await findJob(db, claim.id)
  return { ...claim, heartbeat: row?.heartbeat ?? 0 }
}

/** Each event as it happens; gives something when it did. */
const happens: Record<JobEvent, (db: Database, claim: Claim) => Promise<unknown>> = {
  claim: async (db) => (await claimNextJobs(db, { now: Date.now(), limit: 1 }))[0],
  succeed: (db, claim) => changeJob(db, 'succeed', { claim, result: '1' }),
  retry: (db, claim) => changeJob(db, 'retry', { claim, runAt: now }),
  fail: (db, claim) => changeJob(db, 'fail', { claim, error: 'no' }),
  release: (db, claim) => changeJob(db, 'release', { claim }),
  requeue: async (db, claim) =>
    changeJob(db, 'requeue', { claim: await silent(db, claim), runAt: now, maxAttempts: 1000 }),
  giveUp: async (db, claim) =>
    changeJob(db, 'giveUp', { claim: await silent(db, claim), maxAttempts: 0, error: 'lost' }),
  cancel: (db, { id }) => changeJob(db, 'cancel', { id, keyId: 'k' }),
  restart: (db, { id }) => changeJob(db, 'restart', { id }),
}

const isClaimed = (event: JobEvent) => !['claim', 'cancel', 'restart'].includes(event)

/** What a job in a state becomes by an event; undefined when the event changes nothing. */
const next = (state: JobState, event: JobEvent): JobState | undefined => {
  const { from, to }: { readonly from: readonly JobState[]; readonly to: JobState } =
    transitions[event]
  return from.includes(state) ? to : undefined
}

const openWithKey = async () => {
  const db = await openDatabase({ url: await emptyDatabase() }, { create: true })
  onTestFinished(() => db.destroy())
  await insertApiKey(db, {
    id: 'k',
    name: '',
    hash: '',
    prefix: '',
    suffix: '',
    created_at: 0,
  })
  return db
}

const insert = (db: Database, id: string) =>
  insertJob(db, {
    id,
    keyId: 'k',
    kind: 'test',
    input: '{}',
    timeLimitMs: 1,
    now: 0,
    idempotencyKey: null,
    fingerprint: null,
    requestId: null,
    traceparent: null,
    modelName: 'default',
    modelVersion: null,
    webhookUrl: null,
  })

/** The ends that are reported during a test. */
const recordEnds = (): JobEnd[] => {
  const ends: JobEnd[] = []
  const record = async (_: Database, end: JobEnd) => void ends.push(end)
  endReporters.push(record)
  onTestFinished(() => void endReporters.splice(endReporters.indexOf(record), 1))
  return ends
}

test('whatever happens to a job in whatever order, it goes by the table, and only for who holds it, and each end is reported once', async () => {
  const db = await openWithKey()
  const ends = recordEnds()
  const events = Object.keys(transitions) as JobEvent[]
  const step = fc.record({
    event: fc.constantFrom(...events),
    /** Some steps are made by a worker that holds an attempt from earlier. */
    stale: fc.nat({ max: 3 }).map((n) => (n === 0 ? 1 : 0)),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.uuid(), async (steps, id) => {
      await db.deleteFrom('jobs').execute()
      ends.length = 0
      await insert(db, id)
      let state = (await findJob(db, id))?.state ?? 'failed'
      let attempt = 0
      const expectedEnds: JobEvent[] = []
      expect(state).toBe('queued')
      for (const { event, stale } of steps) {
        const fenced = isClaimed(event) && stale === 1
        const expected = fenced ? undefined : next(state, event)
        const done = await happens[event](db, { id, attempt: attempt - (fenced ? 1 : 0) })
        expect(Boolean(done)).toBe(expected !== undefined)
        if (expected !== undefined) state = expected
        if (expected !== undefined && event === 'claim') attempt++
        if (expected !== undefined && isEnd(event)) expectedEnds.push(event)
        const row = await findJob(db, id)
        expect(row).toMatchObject({ state, attempt })
        expect(row?.result).toBe(state === 'succeeded' ? '1' : null)
      }
      expect(ends.map(({ event }) => event)).toEqual(expectedEnds)
    }),
    { numRuns: 200 },
  )
})

test.each(['succeed', 'fail', 'giveUp', 'cancel'] as const)(
  'what is reported of a job that ends by %s is written in the commit of the end, or neither is',
  async (event) => {
    const db = await openWithKey()
    const write = async (transaction: Database, { id, event: by }: JobEnd) => {
      await transaction
        .updateTable('api_keys')
        .set({ note: `${id} ${by}` })
        .execute()
      if (id === 'b') throw new Error('It cannot be reported')
    }
    endReporters.push(write)
    onTestFinished(() => void endReporters.splice(endReporters.indexOf(write), 1))
    const note = async () =>
      (await db.selectFrom('api_keys').select('note').executeTakeFirstOrThrow()).note
    for (const id of ['a', 'b']) await insert(db, id)
    const claims = await claimNextJobs(db, { now: Date.now(), limit: 2 })
    const claimOf = (id: string) => {
      const row = claims.find((claim) => claim.id === id)
      if (row === undefined) throw new Error('It should have been claimed')
      return row
    }

    await happens[event](db, claimOf('a'))
    expect(await note()).toBe(`a ${event}`)
    await expect(happens[event](db, claimOf('b'))).rejects.toThrow('It cannot be reported')
    expect(await note()).toBe(`a ${event}`)
    expect(await findJob(db, 'b')).toMatchObject({ state: 'running', finished_at: null })
  },
)
