import { join } from 'node:path'
import {
  describeWithPostgres,
  type PostgresServer,
  startPostgres,
  temporaryFolder,
  waitFor,
} from '@dsapi/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { checkCopy } from '../../src/copy/check-copy.ts'
import { describeTables } from '../../src/copy/tables.ts'
import { type CopyProgress, copyDatabase, type Database, openDatabase } from '../../src/index.ts'
import { openEarlier } from '../open-earlier.ts'
import { contentsOf } from './contents.ts'
import { filledSource, insertAudits, insertJobs, job, jobId, newSource } from './fill-source.ts'

describeWithPostgres('a copy from SQLite to PostgreSQL', () => {
  let server: PostgresServer
  let source: Database
  let sourceUrl: string
  let target: Database
  let targetUrl: string

  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.stop())

  const opened = async (url: string) => {
    const db = await openDatabase({ url }, { evenUnfinished: true })
    onTestFinished(() => db.destroy())
    return db
  }
  beforeEach(async () => {
    const filled = await filledSource()
    source = filled.db
    sourceUrl = filled.url
    onTestFinished(() => source.destroy())
    targetUrl = await server.createDatabase()
    target = await opened(targetUrl)
  })

  const copy = (onProgress?: (progress: CopyProgress) => void) =>
    copyDatabase(source, target, { now: Date.now, ...(onProgress && { onProgress }) })

  test('brings every row of every table over as it is', async () => {
    const { tables, changed } = await copy()
    expect(await contentsOf(target)).toEqual(await contentsOf(source))
    expect(tables.map(({ table, source }) => [table, source.rows])).toEqual([
      ...[
        ['api_keys', 4],
        ['audit', 1200],
        ['usage', 1],
        ['key_usage', 0],
        ['traffic', 0],
        ['data', 8],
        ['models', 0],
        ['named_models', 1],
        ['model_versions', 2],
        ['artifact_pieces', 2],
        ['model_audit', 1],
        ['model_evaluations', 1],
        ['model_training', 1],
      ],
      ...[
        ['jobs', 2500],
        ['job_chunks', 7],
        ['webhook_secrets', 1],
        ['webhook_deliveries', 1],
        ['predictions', 1],
        ['console_sessions', 0],
        ['console_codes', 0],
        ['retention', 0],
        ['watchers', 0],
      ],
    ])
    expect(tables.every(({ isSame }) => isSame)).toBe(true)
    expect(changed).toEqual([])
  })

  test('brings chunks of batches over as they are, of which a few are a range', async () => {
    const { db } = await newSource({ chunkBytes: 1_080_000 })
    onTestFinished(() => db.destroy())
    const { tables } = await copyDatabase(db, target, { now: Date.now })
    expect(tables.every(({ isSame }) => isSame)).toBe(true)
    const read = (db: Database) => db.selectFrom('job_chunks').selectAll().execute()
    expect(new Set(await read(target))).toEqual(new Set(await read(db)))
  })

  test('leaves the source as it was, without a word of its own in it', async () => {
    const schema = () => sql`select name, sql from sqlite_master order by name`.execute(source)
    const before = [await contentsOf(source), (await schema()).rows]
    await copy()
    expect([await contentsOf(source), (await schema()).rows]).toEqual(before)
  })

  test('goes on counting where the source was: no number is given twice', async () => {
    await copy()
    const [last] = await target
      .selectFrom('audit')
      .select((eb) => eb.fn.max('id').as('id'))
      .execute()
    const row = { at: 1, actor: 'me', action: 'create', key_id: 'key-a', detail: '{}' }
    const added = await target.insertInto('audit').values(row).returning('id').execute()
    expect(added).toEqual([{ id: last.id + 1 }])
  })

  test('an empty source becomes an empty target', async () => {
    for (const table of ['audit', 'jobs', 'api_keys', 'data', 'named_models'] as const) {
      await source.deleteFrom(table).execute()
    }
    await copy()
    expect(await contentsOf(target)).toEqual(await contentsOf(source))
  })

  test('whole numbers that are not exact as a number of JavaScript stay exact', async () => {
    await sql`update usage set requests = 9007199254740993`.execute(source)
    await copy()
    const { rows } = await sql`select cast(requests as text) as requests from usage`.execute(target)
    expect(rows).toEqual([{ requests: '9007199254740993' }])
  })

  test('what PostgreSQL cannot hold is replaced and told, with its table and row', async () => {
    await sql`update api_keys set note = 'a' || char(0) || 'b' where id = 'key-a'`.execute(source)
    await sql`update jobs set time_limit_ms = 1004.9999 where id = ${jobId(2)}`.execute(source)
    const { changed, tables } = await copy()
    expect(changed).toEqual([
      { table: 'api_keys', column: 'note', key: ['key-a'], what: 'zero character' },
      { table: 'jobs', column: 'time_limit_ms', key: [jobId(2)], what: 'fraction' },
    ])
    expect(tables.every(({ isSame }) => isSame)).toBe(true)
    const [key] = await target
      .selectFrom('api_keys')
      .select('note')
      .where('id', '=', 'key-a')
      .execute()
    expect(key).toEqual({ note: 'a\u{FFFD}b' })
    const [limit] = await target
      .selectFrom('jobs')
      .select('time_limit_ms')
      .where('id', '=', jobId(2))
      .execute()
    expect(limit).toEqual({ time_limit_ms: 1005 })
  })

  test('a source that an older dsapi has made is brought up to date, which is told, and copied', async () => {
    const folder = await temporaryFolder()
    const earlierUrl = `sqlite:${folder}/old.sqlite`
    const earlier = await openEarlier('0004-predictions', earlierUrl)
    await sql`insert into models (sha256, json, created_at) values ('f00', '{}', 1)`.execute(
      earlier,
    )
    await earlier.destroy()
    const told: string[] = []
    const onMigrated = (names: readonly string[]) => told.push(...names)
    const db = await openDatabase({ url: earlierUrl }, { onMigrated })
    onTestFinished(() => db.destroy())
    expect(told).toContain('0005-job-origin')
    await copyDatabase(db, target, { now: Date.now })
    expect(await contentsOf(target)).toEqual(await contentsOf(db))
    expect((await contentsOf(target)).named_models).toHaveLength(1)
  })

  test('a second run finds all as it is and writes nothing', async () => {
    const first = await copy()
    expect(first.finishedBefore).toBeUndefined()
    expect(await copy()).toMatchObject({ written: 0, finishedBefore: expect.any(Number) })
  })

  test('a source that went on is copied again, as long as nobody has used the target', async () => {
    await copy()
    await source.updateTable('api_keys').set({ last_used_at: 9000 }).execute()
    await source.deleteFrom('jobs').where('id', '<', jobId(1100)).execute()
    await insertJobs(source, 2500, 2600)
    await copy()
    expect(await contentsOf(target)).toEqual(await contentsOf(source))
  })

  test('an idempotency key that went to an older job meanwhile does not stop it', async () => {
    await copy()
    await source.deleteFrom('jobs').where('id', '=', jobId(2400)).execute()
    const taken = { idempotency_key: job(2400).idempotency_key, key_id: job(2400).key_id }
    await source.updateTable('jobs').set(taken).where('id', '=', jobId(1)).execute()
    await copy()
    expect(await contentsOf(target)).toEqual(await contentsOf(source))
  })

  test('nor do an idempotency key and a hash that have moved to rows beside those that had them', async () => {
    await copy()
    const freed = { idempotency_key: null }
    await source.updateTable('jobs').set(freed).where('id', '=', jobId(2400)).execute()
    const taken = { idempotency_key: job(2400).idempotency_key, key_id: job(2400).key_id }
    await source.updateTable('jobs').set(taken).where('id', '=', jobId(1)).execute()
    for (const [id, hash] of [
      ['key-a', 'x'],
      ['key-b', 'hash-a'],
      ['key-a', 'hash-b'],
    ]) {
      await source.updateTable('api_keys').set({ hash }).where('id', '=', id).execute()
    }
    await copy()
    expect(await contentsOf(target)).toEqual(await contentsOf(source))
  })

  test('a target that was used since then is refused and left as it is', async () => {
    await copy()
    await target.updateTable('api_keys').set({ last_used_at: 9000 }).execute()
    const before = await contentsOf(target)
    await expect(copy()).rejects.toMatchObject({ code: 'target_in_use' })
    expect(await contentsOf(target)).toEqual(before)
    await (await openDatabase({ url: targetUrl })).destroy()
  })

  /** Opens it as a server does, with a connection. */
  const serverOn = async (url: string) => {
    const db = await openDatabase({ url })
    onTestFinished(() => db.destroy())
    await db.selectFrom('api_keys').selectAll().execute()
    return db
  }

  test('a target that a server has open is refused, empty or copied to, until the server is stopped', async () => {
    const inUse = { code: 'target_in_use', message: expect.stringContaining('has it open') }
    const early = await serverOn(`${targetUrl}?application_name=mine`)
    await expect(copy()).rejects.toMatchObject(inUse)
    await early.destroy()
    await copy()
    const late = await serverOn(targetUrl)
    await insertJobs(source, 2500, 2501)
    await expect(copy()).rejects.toMatchObject(inUse)
    await sql`update copied_from set finished_at = null`.execute(target)
    await expect(copy()).rejects.toMatchObject(inUse)
    await late.destroy()
    await copy()
    expect(await contentsOf(target)).toEqual(await contentsOf(source))
  })

  test('what a server writes while a finished copy is compared is not taken away', async () => {
    await copy()
    await insertJobs(source, 2500, 2501)
    const theirs = { owner_id: 'theirs', day: 1, requests: 1 }
    let served: Promise<unknown> | undefined
    const begun = Promise.withResolvers<void>()
    const second = target.transaction().execute(async (transaction) => {
      // The comparison waits for this table, which is the last.
      await sql`lock table predictions in access exclusive mode`.execute(transaction)
      begun.resolve()
      await waitFor(() => served !== undefined)
      await served
    })
    await begun.promise
    const copied = copy(({ stage, table }) => {
      if (stage !== 'compare' || table !== 'job_chunks') return
      served ??= serverOn(targetUrl).then((db) => db.insertInto('usage').values(theirs).execute())
    })
    await expect(copied).rejects.toMatchObject({ code: 'target_in_use' })
    await second
    expect(await target.selectFrom('usage').selectAll().execute()).toContainEqual(theirs)
    await (await openDatabase({ url: targetUrl })).destroy()
  })

  test.each([
    ['an entry of the audit', () => insertAudits(source, 1)],
    ['a job', () => insertJobs(source, 2500, 2501)],
  ])(
    'an older backup does not take %s away, from a copy that is finished or not',
    async (_, add) => {
      const path = join(await temporaryFolder(), 'backup.sqlite')
      await sql`vacuum into ${path}`.execute(source)
      const backup = await opened(`sqlite:${path}`)
      await add()
      await copy()
      const again = copyDatabase(backup, target, { now: Date.now })
      await expect(again).rejects.toMatchObject({ code: 'older_source' })
      await (await openDatabase({ url: targetUrl })).destroy()
      await sql`update copied_from set finished_at = null, sha256 = null`.execute(target)
      const continued = copyDatabase(backup, target, { now: Date.now })
      await expect(continued).rejects.toMatchObject({ code: 'older_source' })
      expect(await contentsOf(target)).toEqual(await contentsOf(source))
    },
  )

  test('a target that holds anything of its own is refused and left as it is', async () => {
    await target.insertInto('usage').values({ owner_id: 'x', day: 1, requests: 1 }).execute()
    await expect(copy()).rejects.toMatchObject({
      code: 'target_in_use',
      message: expect.stringContaining('usage 1'),
    })
    const { rows } = await sql`select to_regclass('copied_from') as mark`.execute(target)
    expect(rows).toEqual([{ mark: null }])
  })

  test('a copy of one source is not continued from another', async () => {
    await copy()
    const before = await contentsOf(target)
    const other = await newSource()
    onTestFinished(() => other.db.destroy())
    await expect(copyDatabase(other.db, target, { now: Date.now })).rejects.toMatchObject({
      code: 'other_source',
    })
    expect(await contentsOf(target)).toEqual(before)
  })

  test('nobody else can write to the source meanwhile', async () => {
    const other = await opened(sourceUrl)
    const attempts: Promise<unknown>[] = []
    await copy(({ stage, table }) => {
      if (stage !== 'write' || table !== 'jobs' || attempts.length > 0) return
      const write = other.updateTable('api_keys').set({ name: 'late' }).execute()
      attempts.push(
        write.then(
          () => 'written',
          (error: Error & { code: string }) => error.code,
        ),
      )
    })
    expect(await Promise.all(attempts)).toEqual(['SQLITE_BUSY'])
  })

  test('until it is whole, nobody else opens the target', async () => {
    const refusals: unknown[] = []
    let asked: Promise<void> | undefined
    await copy(({ stage, table }) => {
      if (stage !== 'write' || table !== 'audit') return
      asked ??= openDatabase({ url: targetUrl }).then(
        (db) => db.destroy(),
        (error) => void refusals.push(error),
      )
    })
    await asked
    expect(refusals).toMatchObject([{ code: 'unfinished' }])
    await (await openDatabase({ url: targetUrl })).destroy()
  })

  test('a copy to which somebody has written says from which row to which they differ', async () => {
    let spoiled: Promise<unknown> | undefined
    const { tables } = await copy(({ stage, table }) => {
      if (stage !== 'check' || table !== 'audit') return
      spoiled ??= target
        .updateTable('jobs')
        .set({ error: 'x' })
        .where('id', '=', jobId(1500))
        .execute()
    })
    await spoiled
    expect(tables.filter(({ differs }) => differs)).toMatchObject([
      { table: 'jobs', differs: { after: [jobId(999)], upTo: [jobId(1999)] } },
    ])
    expect((await copy()).written).toBe(1000)
    expect(await contentsOf(target)).toEqual(await contentsOf(source))
  })

  test('a table that was not the same is told even where no range differs any more', async () => {
    const tables = await describeTables(source)
    const checked = await checkCopy(source, target, { tables, ranges: [], onProgress: () => {} })
    expect(checked.find(({ table }) => table === 'jobs')).toMatchObject({
      ...{ isSame: false, differs: undefined },
    })
  })

  test('tells how far it is, stage after stage, up to all rows', async () => {
    const told: CopyProgress[] = []
    const { tables } = await copy((progress) => told.push(progress))
    const rows = tables.reduce((sum, { source }) => sum + source.rows, 0)
    const stages = ['read', 'compare', 'write', 'check'] as const
    expect([...new Set(told.map(({ stage }) => stage))]).toEqual(stages)
    for (const stage of stages) {
      const last = told.findLast((progress) => progress.stage === stage)
      expect(last).toMatchObject({ rows, allRows: rows })
      if (stage !== 'read') expect(last?.bytes).toBe(last?.allBytes)
    }
  })
})
