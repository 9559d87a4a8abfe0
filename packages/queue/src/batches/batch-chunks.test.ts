import { type Database, insertApiKey, insertJob, openDatabase } from '@dsapi/db'
import { emptyDatabase } from '@dsapi/testing'
import { beforeEach, expect, test } from 'vitest'
import { newJobId } from '../jobs/job.ts'
import {
  MissingChunkError,
  readInputChunks,
  readOutputChunks,
  removeOutputChunks,
  submitWithInput,
  writeOutputChunks,
} from './batch-chunks.ts'

let db: Database

beforeEach(async () => {
  db = await openDatabase({ url: await emptyDatabase() }, { create: true })
  const key = { name: 'test', hash: 'h', prefix: '', suffix: '', created_at: 0 }
  await insertApiKey(db, { id: 'k1', ...key })
  return () => db.destroy()
})

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

const submit = (id: string, outcome: 'created' | 'repeated', chunks: readonly string[]) =>
  submitWithInput(db, id, async (input) => {
    for (const chunk of chunks) await input.write(chunk)
    expect(input.count()).toBe(chunks.length)
    if (outcome === 'created') await insert(id)
    return { outcome }
  })

const all = async (chunks: AsyncIterable<string>) => {
  const read: string[] = []
  for await (const chunk of chunks) read.push(chunk)
  return read
}

const taskOf = (id: string) => ({ id, write: (task: (db: Database) => Promise<void>) => task(db) })

test('the input of a submitted batch is read as it was written', async () => {
  const id = newJobId()
  const chunks = Array.from({ length: 12 }, (_, i) => `${i}\n`)
  await submit(id, 'created', chunks)
  expect(await all(readInputChunks(db, id, 12))).toEqual(chunks)
})

test('the input of a batch that was not submitted is removed', async () => {
  const [repeated, broken, submitted] = [newJobId(), newJobId(), newJobId()]
  await submit(submitted, 'created', ['1\n'])
  await submit(repeated, 'repeated', Array(20).fill('1\n'))
  const failed = submitWithInput(db, broken, async (input): Promise<{ outcome: 'created' }> => {
    await input.write('1\n')
    throw new Error('The upload was broken off')
  })
  await expect(failed).rejects.toThrow('The upload was broken off')
  const left = await db.selectFrom('job_chunks').select('job_id').execute()
  expect(left).toEqual([{ job_id: submitted }])
})

test('a second attempt replaces the output of the first, and one that fails removes it', async () => {
  const id = newJobId()
  await submit(id, 'created', ['in\n'])
  for (const text of ['first\n', 'second\n']) {
    const output = writeOutputChunks(taskOf(id))
    await output.write(text)
    expect(output.count()).toBe(1)
  }
  expect(await all(readOutputChunks(db, id, 1))).toEqual(['second\n'])
  await removeOutputChunks(taskOf(id))
  await expect(all(readOutputChunks(db, id, 1))).rejects.toThrow(MissingChunkError)
  expect(await all(readInputChunks(db, id, 1))).toEqual(['in\n'])
})
