import { randomUUID } from 'node:crypto'
import { emptyDatabase } from '@dsapi/testing'
import { beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../connection/open-database.ts'
import type { Database } from '../schema.ts'
import { insertApiKey } from './api-keys.ts'
import { deleteChunksWithoutJob, deleteSomeOutput, putChunk } from './job-chunks.ts'
import { insertJob } from './jobs.ts'

let db: Database

beforeEach(async () => {
  db = await openDatabase({ url: await emptyDatabase() }, { create: true })
  const key = { name: 'test', hash: 'h', prefix: '', suffix: '', created_at: 0 }
  await insertApiKey(db, { id: 'k1', ...key })
  return () => db.destroy()
})

const put = async (jobId: string, part: 'input' | 'output', count: number) => {
  for (let position = 0; position < count; position++) {
    await putChunk(db, { jobId, part, position }, { content: 'x', now: 0 })
  }
}

const chunksOf = (jobId: string) =>
  db.selectFrom('job_chunks').select(['part']).where('job_id', '=', jobId).execute()

const insert = (id: string) =>
  insertJob(db, {
    id,
    keyId: 'k1',
    kind: 'batch',
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

test('chunks without a job are deleted, however many there are, and those of a job stay', async () => {
  const [without, withJob] = [randomUUID(), randomUUID()]
  await put(without, 'input', 20)
  await put(withJob, 'input', 2)
  await insert(withJob)
  for (const id of [without, withJob]) await deleteChunksWithoutJob(db, id)
  expect(await chunksOf(without)).toEqual([])
  expect(await chunksOf(withJob)).toHaveLength(2)
})

test('what came of a job is deleted without what came with it', async () => {
  const id = randomUUID()
  await put(id, 'input', 2)
  await put(id, 'output', 20)
  await insert(id)
  while (await deleteSomeOutput(db, id));
  expect(await chunksOf(id)).toEqual([{ part: 'input' }, { part: 'input' }])
})
