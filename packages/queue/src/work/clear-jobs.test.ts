import {
  claimNextJobs,
  type Database,
  deleteFinishedJobs,
  findJob,
  insertApiKey,
  insertJob,
  openDatabase,
  succeedJob,
} from '@dsapi/db'
import { emptyDatabase } from '@dsapi/testing'
import { beforeEach, expect, test } from 'vitest'
import { clearFinishedJobs } from './clear-jobs.ts'

let db: Database

beforeEach(async () => {
  db = await openDatabase({ url: await emptyDatabase() }, { create: true })
  const key = { name: 'test', hash: 'h', prefix: '', suffix: '', created_at: 0 }
  await insertApiKey(db, { id: 'k1', ...key })
  return () => db.destroy()
})

const add = (id: string) =>
  insertJob(db, {
    id,
    keyId: 'k1',
    kind: 'test',
    input: '{}',
    timeLimitMs: 1000,
    idempotencyKey: null,
    fingerprint: null,
    requestId: null,
    traceparent: null,
    modelName: 'default',
    modelVersion: null,
    webhookUrl: null,
    now: 0,
  })

const won = async (id: string) => {
  const rows = await claimNextJobs(db, { now: 100, limit: 100 })
  const row = rows.find((row) => row.id === id)
  if (!row) throw new Error('the claim should have been won')
  return row
}

test('of what finished long ago, content goes first and the row later', async () => {
  await add('a')
  await succeedJob(db, await won('a'), { result: '1', now: 110 })
  await add('b')
  await succeedJob(db, await won('b'), { result: '1', now: 120 })
  await add('c')
  const old = { finishedBefore: 115, limit: 1 }
  const clear = { ...old, now: 200 }
  expect(await clearFinishedJobs(db, clear)).toBe(true)
  expect(await clearFinishedJobs(db, clear)).toBe(false)
  expect(await findJob(db, 'a')).toMatchObject({ state: 'succeeded', result: null, input: '' })
  await deleteFinishedJobs(db, old)
  const left = await Promise.all(['a', 'b', 'c'].map((id) => findJob(db, id)))
  expect(left.map((row) => row?.state)).toEqual([undefined, 'succeeded', 'queued'])
})
