import { describeOnPostgres, emptyDatabase } from '@dsapi/testing'
import { beforeEach, describe, expect, test } from 'vitest'
import { explain } from '../../test/explain.ts'
import { openDatabase } from '../connection/open-database.ts'
import type { Database } from '../schema.ts'
import { insertApiKey } from './api-keys.ts'
import { claimNextJobs } from './claim-next-jobs.ts'
import {
  cancelJobRow,
  giveUpJob,
  releaseJob,
  requeueJob,
  restartJob,
  retryJob,
  succeedJob,
} from './job-changes.ts'
import { countQueuedJobs } from './job-counts.ts'
import { listHeartbeats, renewClaim, renewClaims } from './job-heartbeats.ts'
import { findJob, insertJob } from './jobs.ts'
import { findOwnersInTurn, rescheduleJobs } from './waiting-owners.ts'

let db: Database

beforeEach(async () => {
  db = await openDatabase({ url: await emptyDatabase() }, { create: true })
  for (const id of ['k1', 'k2', 'k3']) {
    const key = { id, name: 'test', hash: id, prefix: '', suffix: '', created_at: 0 }
    await insertApiKey(db, key)
  }
  return () => db.destroy()
})

const add = (id: string, now = 0, idempotencyKey: string | null = null, keyId = 'k1') =>
  insertJob(db, {
    id,
    keyId,
    kind: 'test',
    input: '{}',
    timeLimitMs: 1000,
    idempotencyKey,
    fingerprint: null,
    requestId: null,
    traceparent: null,
    modelName: 'default',
    modelVersion: null,
    webhookUrl: null,
    now,
  })
const claim = async (id: string, now = 100) => {
  const rows = await claimNextJobs(db, { now, limit: 100 })
  return rows.find((row) => row.id === id)
}
const won = async (id: string, now?: number) => {
  const row = await claim(id, now)
  if (!row) throw new Error('the claim should have been won')
  return row
}

describe('a claim', () => {
  test('is won by one only', async () => {
    await add('a')
    const claims = await Promise.all([claim('a'), claim('a'), claim('a')])
    expect(claims.filter((row) => row !== undefined)).toMatchObject([{ attempt: 1 }])
  })

  test('is not to be had before its time', async () => {
    await add('a', 200)
    expect(await claim('a', 199)).toBeUndefined()
    expect(await claim('a', 200)).toBeDefined()
  })

  test('of many takes those that wait longest', async () => {
    for (const [id, now] of [
      ['b', 20],
      ['a', 30],
      ['c', 10],
    ] as const) {
      await add(id, now)
    }
    const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id).toSorted()
    expect(ids(await claimNextJobs(db, { now: 100, limit: 2 }))).toEqual(['b', 'c'])
    expect(ids(await claimNextJobs(db, { now: 100, limit: 2 }))).toEqual(['a'])
  })

  test('that was lost to another cannot write a result', async () => {
    await add('a')
    const first = await won('a')
    await requeueJob(db, first, { runAt: 1000, maxAttempts: 3 })
    const second = await won('a', 1000)
    expect(await succeedJob(db, first, { result: '"first"', now: 1001 })).toBeUndefined()
    expect(await renewClaim(db, first, null)).toBe(false)
    expect(await succeedJob(db, second, { result: '"second"', now: 1002 })).toBeDefined()
    expect(await findJob(db, 'a')).toMatchObject({ state: 'succeeded', result: '"second"' })
  })

  test('cannot be finished twice', async () => {
    await add('a')
    const row = await won('a')
    expect(await succeedJob(db, row, { result: '1', now: 101 })).toBeDefined()
    expect(await succeedJob(db, row, { result: '2', now: 102 })).toBeUndefined()
    expect(await retryJob(db, row, 103)).toBeUndefined()
  })

  test('ends when its job is cancelled, and a cancelled job is not cancelled again', async () => {
    await add('a')
    const row = await won('a')
    const cancel = { id: 'a', keyId: 'k1', now: 200 }
    expect(await cancelJobRow(db, { ...cancel, keyId: 'k2' })).toBeUndefined()
    expect(await cancelJobRow(db, cancel)).toMatchObject({ state: 'cancelled', finished_at: 200 })
    expect(await cancelJobRow(db, cancel)).toBeUndefined()
    expect(await succeedJob(db, row, { result: '1', now: 201 })).toBeUndefined()
  })
})

test('several claims are renewed together, and only those that are held count', async () => {
  for (const id of ['a', 'b', 'c']) await add(id)
  const rows = await claimNextJobs(db, { now: 100, limit: 3 })
  const [a, b, c] = rows.toSorted((one, other) => (one.id < other.id ? -1 : 1))
  await requeueJob(db, c, { runAt: 1000, maxAttempts: 3 })
  const claims = [a, b, c].map((row) => ({ ...row, progress: row === b ? 0.5 : null }))
  expect(await renewClaims(db, claims)).toEqual(new Set(['a', 'b']))
  const seen = await listHeartbeats(db)
  expect(seen.map(({ id, heartbeat }) => [id, heartbeat])).toEqual([
    ['a', a.heartbeat + 1],
    ['b', b.heartbeat + 1],
  ])
  expect(await findJob(db, 'b')).toMatchObject({ progress: 0.5 })
  expect(await findJob(db, 'a')).toMatchObject({ progress: null })
  const plans = await explain(db, (on) => renewClaims(on, claims))
  expect(plans.join('\n')).not.toMatch(/Seq Scan on jobs|SCAN jobs/)
})

describe('a claim without a sign of life', () => {
  test('gives way, and one that gave another sign does not', async () => {
    await add('a')
    await won('a')
    const [seen] = await listHeartbeats(db)
    await renewClaim(db, seen, 0.5)
    expect(await requeueJob(db, seen, { runAt: 150, maxAttempts: 3 })).toBeUndefined()
    const [later] = await listHeartbeats(db)
    expect(await requeueJob(db, later, { runAt: 150, maxAttempts: 3 })).toBeDefined()
  })

  test('fails the job once its attempts are used up', async () => {
    await add('a')
    const row = await won('a')
    const options = { now: 151, runAt: 151, maxAttempts: 1, error: 'lost' }
    expect(await requeueJob(db, row, options)).toBeUndefined()
    expect(await giveUpJob(db, row, options)).toBeDefined()
    expect(await findJob(db, 'a')).toMatchObject({ state: 'failed', error: 'lost' })
  })

  test('does not count claims that were given back', async () => {
    await add('a')
    await releaseJob(db, await won('a'))
    const row = await won('a')
    expect(await requeueJob(db, row, { runAt: 151, maxAttempts: 2 })).toBeDefined()
  })

  describeOnPostgres('in an open transaction', () => {
    test('is neither taken over nor waited for', async () => {
      await add('a')
      const row = await won('a')
      await db.transaction().execute(async (transaction) => {
        await renewClaim(transaction, row, null)
        expect(await requeueJob(db, row, { runAt: 0, maxAttempts: 3 })).toBeUndefined()
        expect(await giveUpJob(db, row, { now: 0, maxAttempts: 0, error: '' })).toBeUndefined()
      })
    })
  })
})

test('a job that is begun anew has all its attempts again, and earlier claims stay lost', async () => {
  await add('a')
  const first = await won('a')
  await cancelJobRow(db, { id: 'a', keyId: undefined, now: 110 })
  expect(await restartJob(db, { id: 'a', now: 120 })).toMatchObject({ state: 'queued' })
  expect(await restartJob(db, { id: 'a', now: 120 })).toBeUndefined()
  const second = await won('a', 120)
  expect(second.attempt - second.released).toBe(1)
  expect(await succeedJob(db, first, { result: '1', now: 130 })).toBeUndefined()
})

test('an idempotency key makes one job', async () => {
  expect(await add('a', 0, 'same')).toBe(true)
  expect(await add('b', 0, 'same')).toBe(false)
  expect(await add('c', 0, 'other')).toBe(true)
  expect(await add('d')).toBe(true)
  expect(await add('e')).toBe(true)
})

test('a job that waits for an impossible instant is due now', async () => {
  await add('a', 3_600_000)
  await rescheduleJobs(db, { runAfter: 60_000, now: 100 })
  expect(await claim('a', 100)).toBeDefined()
})

test('waiting jobs are counted no further than asked', async () => {
  for (const id of ['a', 'b', 'c']) await add(id)
  expect(await countQueuedJobs(db, 2)).toBe(2)
  expect(await countQueuedJobs(db, 5)).toBe(3)
})

describe('owners in turn', () => {
  const inTurn = (after: string, limit = 9, dueBefore = 100) =>
    findOwnersInTurn(db, { after, dueBefore, limit })

  beforeEach(async () => {
    for (let i = 0; i < 5; i++) await add(`a${i}`, i, null, 'k1')
    await add('b', 200, null, 'k2')
    await add('c', 3, null, 'k3')
  })

  test('are those with a job that is due, once each', async () => {
    expect(await inTurn('')).toEqual(['k1', 'k3'])
    expect(await inTurn('', 9, 200)).toEqual(['k1', 'k2', 'k3'])
  })

  test('begin after the one that was last', async () => {
    expect(await inTurn('k1')).toEqual(['k3', 'k1'])
    expect(await inTurn('k3')).toEqual(['k1', 'k3'])
    expect(await inTurn('k2', 1)).toEqual(['k3'])
  })

  test('are nobody where no job waits', async () => {
    await claimNextJobs(db, { now: 100, limit: 100 })
    expect(await inTurn('k1')).toEqual([])
  })

  test('each have a job claimed before one has a second', async () => {
    const claimed = await claimNextJobs(db, { now: 100, limit: 3 })
    expect(claimed.map(({ id }) => id).toSorted()).toEqual(['a0', 'a1', 'c'])
  })

  test('are found in the index, however many jobs each has', async () => {
    for (const plan of await explain(db, (watched) =>
      findOwnersInTurn(watched, { after: 'k1', dueBefore: 100, limit: 1 }),
    )) {
      expect(plan).toContain('jobs_queued')
      expect(plan).not.toMatch(/Seq Scan on jobs|SCAN jobs$/m)
    }
  })
})
