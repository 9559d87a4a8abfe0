import { createHash } from 'node:crypto'
import { blankDatabase } from '@dsapi/testing'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openEarlier } from '../../test/open-earlier.ts'
import {
  type Database,
  findModel,
  findPiece,
  listModels,
  listModelVersions,
  openDatabase,
} from '../index.ts'

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

const insertFitted = (db: Database, json: string, createdAt: number, sha256 = hashOf(json)) =>
  sql`insert into models (sha256, json, created_at) values (${sha256}, ${json}, ${createdAt})`.execute(
    db,
  )

const migrated = async (fill: (db: Database) => Promise<unknown>): Promise<Database> => {
  const url = await blankDatabase()
  const db = await openEarlier('0006-job-model', url)
  await fill(db)
  await db.destroy()
  return openDatabase({ url })
}

const contentOf = async (db: Database, sha256: string) => {
  const pieces: Uint8Array[] = []
  for (let position = 0; ; position++) {
    const piece = await findPiece(db, { sha256, position })
    if (piece === undefined) return pieces
    pieces.push(piece)
  }
}

test('models of before become the versions of default, of which the newest is served', async () => {
  const texts = ['{"coef":[[1]]}', '{"coef":[[2]],"classes":["é","😀"]}', '{"coef":[[3]]}']
  const db = await migrated(async (earlierDb) => {
    for (const [i, text] of texts.entries()) await insertFitted(earlierDb, text, i + 1)
  })
  expect(await listModels(db)).toEqual([
    {
      ...{ name: 'default', last_version: 3, served: 3, history: '[2,1]', changed_at: 3 },
      ...{ canary: null, canary_share: null, shadow: null },
    },
  ])
  const versions = await listModelVersions(db, 'default')
  expect(versions.map(({ version, created_at }) => [version, created_at])).toEqual([
    [3, 3],
    [2, 2],
    [1, 1],
  ])
  expect(versions[1]).toMatchObject({
    ...{ sha256: hashOf(texts[1]), artifact_sha256: hashOf(texts[1]), samples_sha256: null },
    ...{ size: Buffer.byteLength(texts[1]), options: '{}', info: null },
    format: 'dsapi-logistic-regression',
  })
  expect(await contentOf(db, hashOf(texts[1]))).toEqual([Buffer.from(texts[1])])
  await db.destroy()
})

test('a large model of before is cut into pieces of a mebibyte, between the bytes of a character too', async () => {
  const text = `x${'é'.repeat(1_200_000)}`
  const db = await migrated((earlierDb) => insertFitted(earlierDb, text, 1))
  const pieces = await contentOf(db, hashOf(text))
  expect(pieces.map(({ length }) => length)).toEqual([2 ** 20, 2 ** 20, 2_400_001 - 2 ** 21])
  expect(Buffer.concat(pieces).toString()).toBe(text)
  await db.destroy()
})

test('the number of a version that was deleted is not given again', async () => {
  const db = await migrated(async (earlierDb) => {
    for (const text of ['{}', '[]']) await insertFitted(earlierDb, text, 1)
    await sql`delete from models where version = 2`.execute(earlierDb)
  })
  expect(await findModel(db, 'default')).toMatchObject({ last_version: 2, served: 1 })
  await db.destroy()
})

test('a file that two versions have is stored once', async () => {
  const db = await migrated(async (earlierDb) => {
    await insertFitted(earlierDb, '{}', 1)
    await insertFitted(earlierDb, '{}', 2)
  })
  expect(await listModelVersions(db, 'default')).toHaveLength(2)
  expect(await contentOf(db, hashOf('{}'))).toHaveLength(1)
  await db.destroy()
})

test('a process of an older dsapi that still runs reads the models of before', async () => {
  const db = await migrated((earlierDb) => insertFitted(earlierDb, '{"coef":[[1]]}', 1))
  expect(await db.selectFrom('models').select(['version', 'json']).execute()).toEqual([
    { version: 1, json: '{"coef":[[1]]}' },
  ])
  await db.destroy()
})

test('a database without a model has none, and jobs and predictions of before are those of default', async () => {
  const db = await migrated(async (earlierDb) => {
    await sql`insert into predictions (at, owner_id, request_id, kind, model, features, answer, latency_us)
      values (1, 'o', 'r', 'single', '1-f00', '[1]', '{}', 1)`.execute(earlierDb)
    await sql`insert into api_keys (id, name, hash, prefix, suffix, created_at)
      values ('k', 'k', 'h', 'p', 's', 1)`.execute(earlierDb)
    await sql`insert into jobs (id, key_id, state, input, attempt, released, created_at, run_at)
      values ('j', 'k', 'queued', '{}', 0, 0, 1, 1)`.execute(earlierDb)
  })
  expect(await listModels(db)).toEqual([])
  const names = [
    await db.selectFrom('predictions').select('model_name').execute(),
    await db.selectFrom('jobs').select('model_name').execute(),
  ]
  expect(names).toEqual([[{ model_name: 'default' }], [{ model_name: 'default' }]])
  await db.destroy()
})
