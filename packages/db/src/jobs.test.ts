import { join } from 'node:path'
import { temporaryFolder } from '@dsapi/testing'
import { beforeEach, describe, expect, test } from 'vitest'
import { insertApiKey } from './api-keys.ts'
import {
  claimJob,
  deleteFinishedJobs,
  failLapsedJobs,
  findJob,
  findQueuedJobs,
  hasQueuedJobs,
  insertJob,
  releaseJob,
  renewLease,
  requeueLapsedJobs,
  retryJob,
  succeedJob,
} from './jobs.ts'
import { openDatabase } from './open-database.ts'
import type { Database } from './schema.ts'

let db: Database

beforeEach(async () => {
  db = await openDatabase(join(await temporaryFolder(), 'test.sqlite'), { create: true })
  await insertApiKey(db, {
    id: 'k1',
    name: 'test',
    hash: 'h',
    prefix: '',
    suffix: '',
    created_at: 0,
  })
  return () => db.destroy()
})

const add = (id: string, now = 0) => insertJob(db, { id, keyId: 'k1', input: '{}', now })
const claim = (id: string, now = 100) => claimJob(db, { id, now, leaseUntil: now + 50 })

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

  test('that was lost to another cannot write a result', async () => {
    await add('a')
    const first = await claim('a')
    await requeueLapsedJobs(db, { now: 1000, maxAttempts: 3 })
    const second = await claim('a', 1000)
    if (!first || !second) throw new Error('both claims should have been won')
    expect(await succeedJob(db, first, { result: '"first"', now: 1001 })).toBe(false)
    expect(await renewLease(db, first, 2000)).toBe(false)
    expect(await succeedJob(db, second, { result: '"second"', now: 1002 })).toBe(true)
    expect(await findJob(db, 'a')).toMatchObject({ state: 'succeeded', result: '"second"' })
  })

  test('cannot be finished twice', async () => {
    await add('a')
    const row = await claim('a')
    if (!row) throw new Error('the claim should have been won')
    expect(await succeedJob(db, row, { result: '1', now: 101 })).toBe(true)
    expect(await succeedJob(db, row, { result: '2', now: 102 })).toBe(false)
    expect(await retryJob(db, row, 103)).toBe(false)
  })
})

describe('a lease that lapsed', () => {
  test('puts the job back while it has attempts left', async () => {
    await add('a')
    await claim('a')
    expect(await requeueLapsedJobs(db, { now: 150, maxAttempts: 2 })).toEqual([])
    expect(await requeueLapsedJobs(db, { now: 151, maxAttempts: 2 })).toEqual([
      { id: 'a', attempt: 1 },
    ])
  })

  test('fails the job once its attempts are used up', async () => {
    await add('a')
    await claim('a')
    const options = { now: 151, maxAttempts: 1, error: 'lost' }
    expect(await requeueLapsedJobs(db, options)).toEqual([])
    expect(await failLapsedJobs(db, options)).toEqual([{ id: 'a', attempt: 1 }])
    expect(await findJob(db, 'a')).toMatchObject({ state: 'failed', error: 'lost' })
  })

  test('does not count claims that were given back', async () => {
    await add('a')
    const row = await claim('a')
    if (row) await releaseJob(db, row)
    await claim('a')
    expect(await requeueLapsedJobs(db, { now: 151, maxAttempts: 2 })).toEqual([
      { id: 'a', attempt: 2 },
    ])
  })
})

test('waiting jobs come in the order in which they may run', async () => {
  await add('b', 20)
  await add('a', 30)
  await add('c', 10)
  const ids = async (dueBefore: number) =>
    (await findQueuedJobs(db, { dueBefore, limit: 10 })).map(({ id }) => id)
  expect(await ids(25)).toEqual(['c', 'b'])
  expect(await ids(30)).toEqual(['c', 'b', 'a'])
})

test('a full queue is seen at its limit, not before', async () => {
  await add('a')
  expect(await hasQueuedJobs(db, 1)).toBe(true)
  expect(await hasQueuedJobs(db, 2)).toBe(false)
})

test('only what finished long ago is cleared away', async () => {
  for (const id of ['a', 'b', 'c']) await add(id)
  for (const [id, now] of [
    ['a', 110],
    ['b', 120],
  ] as const) {
    const row = await claim(id)
    if (row) await succeedJob(db, row, { result: '1', now })
  }
  expect(await deleteFinishedJobs(db, { finishedBefore: 115, limit: 10 })).toBe(1)
  const left = await Promise.all(['a', 'b', 'c'].map((id) => findJob(db, id)))
  expect(left.map((row) => row?.state)).toEqual([undefined, 'succeeded', 'queued'])
})
