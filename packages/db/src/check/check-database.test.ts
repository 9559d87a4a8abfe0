import { emptyDatabase } from '@dsapi/testing'
import BetterSqlite3 from 'better-sqlite3'
import { type RawBuilder, sql } from 'kysely'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { sqlitePath } from '../connection/database-settings.ts'
import { isPostgres } from '../connection/engine.ts'
import { openDatabase } from '../connection/open-database.ts'
import { openReadOnly } from '../connection/open-read-only.ts'
import type { Database } from '../schema.ts'
import { insertApiKey } from '../tables/api-keys.ts'
import { putPiece } from '../tables/artifact-pieces.ts'
import { putChunk } from '../tables/job-chunks.ts'
import { insertJob } from '../tables/jobs.ts'
import { insertModelVersion } from '../tables/model-versions.ts'
import { insertModel } from '../tables/models.ts'
import { checkDatabase } from './check-database.ts'

let db: Database
let url: string
beforeEach(async () => {
  url = await emptyDatabase()
  db = await openDatabase({ url }, { create: true })
  onTestFinished(() => db.destroy())
  await fill()
})

const sha256 = 'a'.repeat(64)

const addJob = async (id: string, input: string, outcome = {}) => {
  const none = { idempotencyKey: null, fingerprint: null, requestId: null, traceparent: null }
  const model = { modelName: 'default', modelVersion: null, webhookUrl: null }
  const kind = input.includes('format') ? 'batch' : 'slow-prediction'
  await insertJob(db, { id, keyId: 'k1', kind, input, timeLimitMs: 1, ...none, ...model, now: 1 })
  await db
    .updateTable('jobs')
    .set({ run_at: 1, ...outcome })
    .where('id', '=', id)
    .execute()
}

/** A healthy database: a rotated key, a model with samples, jobs in each state. */
const fill = async () => {
  const key = { name: 'test', prefix: '', suffix: '', created_at: 0 }
  await insertApiKey(db, { id: 'k1', hash: 'h1', ...key, owner_id: 'k1', replaced_by: 'k2' })
  await insertApiKey(db, { id: 'k2', hash: 'h2', ...key, owner_id: 'k1' })
  for (const position of [0, 1]) {
    await putPiece(db, { sha256, position }, { content: Buffer.from('xyz'), now: 0 })
  }
  await insertModelVersion(db, {
    ...{ name: 'default', version: 1, sha256, artifact_sha256: sha256, samples_sha256: sha256 },
    ...{ size: 6, format: 'x', options: '{}', created_at: 0, created_by: 'cli:test' },
  })
  await insertModel(db, {
    ...{ name: 'default', last_version: 1, served: 1, history: '[]', changed_at: 0 },
  })
  const ended = { state: 'succeeded', finished_at: 5 }
  await addJob('waiting', '{"feature_a":1,"chunks":1.5}')
  await addJob('done', '{}', { ...ended, result: '{"class":1}' })
  await addJob('cleared', '{}', { ...ended, result: null, input: '', cleared_at: 9 })
  await addJob('batch', '{"format":{},"chunks":1}')
  await addJob('scored', '{"format":{},"chunks":0}', { ...ended, result: '{"chunks":1}' })
  const one = { content: '1', now: 0 }
  await putChunk(db, { jobId: 'batch', part: 'input', position: 0 }, one)
  await putChunk(db, { jobId: 'scored', part: 'output', position: 0 }, one)
}

const check = async (limit = 5) => {
  const reading = await openReadOnly({ url })
  onTestFinished(() => reading.destroy())
  return checkDatabase(reading, { limit })
}

test('a healthy database has no faults', async () => {
  expect(await check()).toEqual([])
})

test.each<[code: string, name: string, makeFault: RawBuilder<unknown>]>([
  ['jobs_without_input', 'batch', sql`delete from job_chunks where job_id = 'batch'`],
  ['jobs_without_input', 'waiting', sql`update jobs set input = '' where id = 'waiting'`],
  ['jobs_without_result', 'scored', sql`delete from job_chunks where job_id = 'scored'`],
  ['jobs_without_result', 'done', sql`update jobs set result = null where id = 'done'`],
  ['results_without_job', 'scored', sql`delete from jobs where id = 'scored'`],
  ['jobs_without_end', 'done', sql`update jobs set finished_at = null where id = 'done'`],
  ['models_without_version', 'default@7', sql`update named_models set canary = 7`],
  ['versions_without_file', 'default@1', sql`delete from artifact_pieces where position = 1`],
  ['versions_without_file', 'default@1', sql`update model_versions set samples_sha256 = 'lost'`],
  ['keys_without_successor', 'k1', sql`update api_keys set replaced_by = 'lost' where id = 'k1'`],
  ['keys_without_owner', 'k2', sql`update api_keys set owner_id = 'lost' where id = 'k2'`],
])('%s names %s', async (code, name, makeFault) => {
  await makeFault.execute(db)
  expect(await check()).toEqual([expect.objectContaining({ code, count: 1, names: [name] })])
})

test('of many faults some are named, and all are counted', async () => {
  for (const name of ['e', 'd', 'c', 'b', 'a']) await addJob(name, '')
  const [fault] = await check(2)
  expect(fault).toMatchObject({ code: 'jobs_without_input', count: 5, names: ['a', 'b'] })
})

test('what is opened for the check cannot be written', async () => {
  const reading = await openReadOnly({ url })
  onTestFinished(() => reading.destroy())
  const write = reading.deleteFrom('job_chunks').execute()
  await expect(write).rejects.toThrow(/read-?only/)
})

test('a database with another schema is refused, and not migrated', async () => {
  await sql`delete from kysely_migration where name > '0005'`.execute(db)
  await expect(openReadOnly({ url })).rejects.toThrow('dsapi db migrate')
  const { rows } = await sql`select name from kysely_migration`.execute(db)
  expect(rows).toHaveLength(4)
})

/** A connection that may do what SQLite keeps others from. */
const openUnsafe = (path: string) => {
  const sqlite = new BetterSqlite3(path).unsafeMode()
  return { sqlite, [Symbol.dispose]: () => void sqlite.close() }
}

describe('what the engine knows to be wrong', () => {
  test('is found: rows without the row that they refer to, or an index that is not complete', async () => {
    if (isPostgres(db)) {
      await sql`insert into usage (owner_id, day, requests) values ('a', 1, 1), ('b', 1, 1)`.execute(
        db,
      )
      const build = sql`create unique index concurrently twice on usage (day)`.execute(db)
      await expect(build).rejects.toThrow('twice')
      await sql`alter table usage add constraint few check (requests < 1) not valid`.execute(db)
      expect(await check()).toMatchObject([
        { code: 'invalid_indexes', names: ['twice'] },
        { code: 'unchecked_constraints', names: ['usage: few'] },
      ])
      return
    }
    await sql`pragma foreign_keys = off`.execute(db)
    await sql`update jobs set key_id = 'lost' where id = 'done'`.execute(db)
    expect(await check()).toMatchObject([{ code: 'broken_references', count: 1 }])
  })

  test('is found: an index of SQLite that misses a row', async () => {
    if (isPostgres(db)) return
    await db.destroy()
    using damaging = openUnsafe(sqlitePath(url) ?? '')
    damaging.sqlite.pragma('writable_schema = on')
    damaging.sqlite.exec(`update sqlite_schema set sql = replace(sql, 'run_at', 'attempt')
      where name = 'jobs_queued'`)
    const [fault] = await check()
    expect(fault).toMatchObject({ code: 'damaged_file' })
  })
})
