import {
  addKeyUsage,
  addUsage,
  type Database,
  findLastAuditId,
  findModelVersion,
  finishDelivery,
  insertApiKey,
  insertAudit,
  insertConsoleCode,
  insertConsoleSession,
  insertJob,
  insertModel,
  insertModelAudit,
  insertModelVersion,
  insertPredictions,
  insertWebhookDelivery,
  listRetention,
  openDatabase,
  putChunk,
  putPiece,
} from '@dsapi/db'
import { serveVersion } from '@dsapi/registry'
import { emptyDatabase, waitFor } from '@dsapi/testing'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { findExpired } from './find-expired.ts'
import { runRetention } from './run-retention.ts'
import { startRetention } from './start-retention.ts'

const dayMs = 86_400_000
const days = { resultDays: 7, predictionLogDays: 30, trafficDays: 8, auditDays: 90, modelDays: 60 }

let db: Database
let url: string
beforeEach(async () => {
  url = await emptyDatabase()
  db = await openDatabase({ url }, { create: true })
  await insertApiKey(db, { id: 'k1', ...key })
  return () => db.destroy()
})

const key = { name: 'test', hash: 'h', prefix: '', suffix: '', created_at: 0 }
const agoMs = (ago: number) => Date.now() - ago * dayMs
const dayOf = (ago: number) => Math.floor(agoMs(ago) / dayMs)

const addJob = async (id: string, endedAgo: number) => {
  const at = agoMs(endedAgo)
  const none = {
    fingerprint: null,
    requestId: null,
    traceparent: null,
    modelVersion: null,
    webhookUrl: null,
  }
  await insertJob(db, {
    ...{ id, keyId: 'k1', kind: 'test', input: '{}', timeLimitMs: 1000, idempotencyKey: null },
    ...{ ...none, modelName: 'default', now: at },
  })
  const ended = { state: 'succeeded', result: '1', finished_at: at } as const
  await db.updateTable('jobs').set(ended).where('id', '=', id).execute()
}

const addVersion = async (version: number, unservedAgo?: number) => {
  const sha256 = `${version}`.repeat(64)
  const at = agoMs(500)
  await insertModelVersion(db, {
    ...{ name: 'default', version, sha256, artifact_sha256: sha256, size: 1, format: 'x' },
    ...{ options: '{}', created_at: at, created_by: 'cli:test' },
    ...(unservedAgo !== undefined && { unserved_at: agoMs(unservedAgo) }),
  })
  await putPiece(db, { sha256, position: 0 }, { content: Buffer.from('x'), now: at })
}

const session = (ago: number) =>
  insertConsoleSession(db, {
    ...{ id: `s${ago}`, token_sha256: `t${ago}`, key_id: 'k1', created_by: 'key:k1' },
    ...{ created_at: 0, seen_at: 0, expires_at: agoMs(ago), ended_at: null },
    ...{ address: '', agent: '' },
  })

const addDelivery = async (endedAgo: number) => {
  const at = agoMs(endedAgo)
  const row = { id: `d${endedAgo}`, owner_id: 'k1', job_id: null, type: 'a', url: '', body: '' }
  await insertWebhookDelivery(db, row, { now: at, giveUpAt: at })
  const claim = { id: row.id, attempts: 0 }
  await finishDelivery(db, claim, { status: 200, error: null, state: 'delivered', now: at })
}

/** Adds a row to each kind that was to be deleted that many days ago, and one that is kept for as long again. */
const fill = async (late: number) => {
  for (const [name, ago] of Object.entries({
    old: 14 + late,
    cleared: 7 + late,
    young: 7 - late,
  })) {
    await addJob(name, ago)
    await putChunk(
      db,
      { jobId: name, part: 'output', position: 0 },
      { content: 'x', now: agoMs(ago) },
    )
  }
  for (const ago of [7 + late, 7 - late]) await addDelivery(ago)
  for (const ago of [1 + late, 1 - late]) {
    const place = { jobId: `upload ${ago}`, part: 'input', position: 0 } as const
    await putChunk(db, place, { content: 'x', now: agoMs(ago) })
    const piece = { sha256: `piece ${ago}`, position: 0 }
    await putPiece(db, piece, { content: Buffer.from('x'), now: agoMs(ago) })
  }
  const row = { owner_id: 'k1', request_id: '', kind: 'single', model: '1-1', features: '[]' }
  const predicted = [30 + late, 30 - late].map((ago) => ({ ...row, at: agoMs(ago) }))
  await insertPredictions(
    db,
    predicted.map((one) => ({ ...one, answer: '{}', latency_us: 1 })),
  )
  for (const ago of [8 + late, 8 - late]) {
    const buckets = Object.fromEntries(Array.from({ length: 15 }, (_, i) => [`b${i}`, 1]))
    const values = {
      minute: Math.floor(agoMs(ago) / 60_000),
      host: 'a',
      key_id: '',
      route: '/',
      status: '2xx',
    }
    await db
      .insertInto('traffic')
      .values({ ...values, ...buckets } as never)
      .execute()
  }
  const counts = { requests: 1, client_errors: 0, server_errors: 0 }
  for (const ago of [402, 399])
    await addKeyUsage(db, [{ key_id: 'k1', day: dayOf(ago), ...counts }])
  for (const ago of [3, 0]) await addUsage(db, { ownerId: 'k1', day: dayOf(ago), requests: 1 })
  for (const ago of [90 + late, 90 - late, 0]) {
    const entry = { at: agoMs(ago), actor: 'cli:test', action: 'x', detail: '{}' }
    await insertAudit(db, { ...entry, key_id: 'k1' })
    await insertModelAudit(db, { ...entry, name: 'default', version: 1 })
  }
  for (const ago of [30 + late, 30 - late]) await session(ago)
  for (const ago of [late, -late]) {
    await insertConsoleCode(db, {
      sha256: `c${ago}`,
      created_by: 'cli:test',
      expires_at: agoMs(ago),
    })
  }
  await addVersion(1, 60 + late)
  await addVersion(2, 60 - late)
  await addVersion(3)
  const served = { served: 3, history: '[2,1]', changed_at: 0 }
  await insertModel(db, { name: 'default', last_version: 3, ...served })
}

const run = async (on = db) =>
  Object.fromEntries(await runRetention(on, days, new AbortController().signal))

const countAll = async () => {
  const ran = await listRetention(db)
  return Object.fromEntries(
    ran.filter(({ deleted }) => deleted > 0).map(({ kind, deleted }) => [kind, deleted]),
  )
}

const each = {
  ...{
    results: 1,
    jobs: 1,
    webhooks: 1,
    uploads: 1,
    predictions: 1,
    traffic: 1,
    usage: 1,
    quotas: 1,
  },
  ...{ audit: 1, model_audit: 1, sessions: 1, codes: 1, models: 1, pieces: 1 },
}

test('of each kind, what is older than its time is deleted, and nothing else', async () => {
  await fill(0.5)
  const deleted = await run()
  // The old job was cleared first, its row was deleted then, and the file of the old version with the upload's.
  const all = { ...each, results: 2, pieces: 2 }
  expect(deleted).toEqual(all)
  expect(await countAll()).toEqual(all)
  expect(await run()).toEqual({})
  const jobs = await db.selectFrom('jobs').select(['id', 'result']).orderBy('id').execute()
  expect(jobs).toEqual([
    { id: 'cleared', result: null },
    { id: 'young', result: '1' },
  ])
  const chunks = await db.selectFrom('job_chunks').select('job_id').orderBy('job_id').execute()
  expect(chunks.map(({ job_id }) => job_id)).toEqual(['upload 0.5', 'young'])
  const versions = await db
    .selectFrom('model_versions')
    .select('version')
    .orderBy('version')
    .execute()
  expect(versions.map(({ version }) => version)).toEqual([2, 3])
  expect(await findExpired(db, { days, limit: 5 })).toEqual([])
})

test('what was not deleted in time is found by its kind, and named', async () => {
  await fill(0.5)
  const overdue = await findExpired(db, { days, limit: 5 })
  expect(overdue.map(({ kind }) => kind)).toEqual(Object.keys(each))
  expect(overdue.find(({ kind }) => kind === 'jobs')).toMatchObject({ count: 1, names: ['old'] })
})

test('of two processes, one deletes a kind in each period', async () => {
  await fill(0.5)
  const other = await openDatabase({ url })
  onTestFinished(() => other.destroy())
  const both = await Promise.all([run(), run(other)])
  const sum: Record<string, number> = {}
  for (const deleted of both) {
    for (const [kind, rows] of Object.entries(deleted)) sum[kind] = (sum[kind] ?? 0) + rows
  }
  expect(sum).toEqual(await countAll())
})

test('a process deletes as it starts, and reports how many rows of which kind', async () => {
  await fill(0.5)
  const deleted = new Map<string, number>()
  const errors: unknown[] = []
  const stop = startRetention(db, {
    days,
    onDeleted: (kind, rows) => void deleted.set(kind, rows),
    onError: (error) => errors.push(error),
  })
  await waitFor(() => deleted.has('traffic'))
  await stop()
  expect([deleted.get('traffic'), errors]).toEqual([1, []])
})

test('a backlog is deleted in several commits, in one go', async () => {
  const old = { owner_id: 'k1', request_id: '', kind: 'single', model: '1-1', features: '[]' }
  const row = { ...old, answer: '{}', latency_us: 1, at: 1 }
  await insertPredictions(
    db,
    Array.from({ length: 1700 }, () => row),
  )
  expect(await run()).toEqual({ predictions: 1700 })
})

test('the newest audit entry stays, so that a process which follows the audit sees each change', async () => {
  for (const at of [1, 2]) {
    await insertAudit(db, { at, actor: 'cli:test', action: 'x', key_id: 'k1', detail: '{}' })
  }
  const before = await findLastAuditId(db)
  expect(await run()).toEqual({ audit: 1 })
  expect(await findLastAuditId(db)).toBe(before)
})

test('a version ages from when it stops being served, and not while it serves again', async () => {
  await addVersion(1)
  await addVersion(2)
  await insertModel(db, {
    name: 'default',
    last_version: 2,
    served: 1,
    history: '[]',
    changed_at: 0,
  })
  const unservedAt = async (version: number) =>
    (await findModelVersion(db, { name: 'default', version }))?.unserved_at
  const serve = (version: number, now: number) =>
    serveVersion(db, { name: 'default', version, actor: 'cli:test', now })
  await serve(2, 10)
  expect([await unservedAt(1), await unservedAt(2)]).toEqual([10, null])
  await serve(1, 20)
  expect([await unservedAt(1), await unservedAt(2)]).toEqual([null, 20])
})

test('a version is kept for a job that waits for it', async () => {
  await addVersion(1, 400)
  await addVersion(2)
  await insertModel(db, {
    name: 'default',
    last_version: 2,
    served: 2,
    history: '[1]',
    changed_at: 0,
  })
  await addJob('j', 0)
  const waiting = { state: 'queued', finished_at: null, model_version: '1-11111111' } as const
  await db.updateTable('jobs').set(waiting).execute()
  expect(await run()).not.toHaveProperty('models')
})
