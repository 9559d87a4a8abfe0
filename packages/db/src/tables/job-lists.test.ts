import { emptyDatabase } from '@dsapi/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { explain } from '../../test/explain.ts'
import { isPostgres } from '../connection/engine.ts'
import { openDatabase } from '../connection/open-database.ts'
import type { Database } from '../schema.ts'
import { insertApiKey } from './api-keys.ts'
import { type JobFilter, listJobRows } from './job-lists.ts'

let db: Database
const jobs = 6000

beforeAll(async () => {
  db = await openDatabase({ url: await emptyDatabase() }, { create: true })
  for (const id of ['k0', 'k1']) {
    const key = { id, hash: id, name: 'test', prefix: '', suffix: '', created_at: 0 }
    await insertApiKey(db, key)
  }
  // The oldest one is the only batch, and the only one that was cancelled, of its model.
  for (let from = 0; from < jobs; from += 1000) {
    const rows = Array.from({ length: 1000 }, (_, i) => row(from + i))
    await db.insertInto('jobs').values(rows).execute()
  }
})
afterAll(() => db.destroy())

const row = (number: number) => ({
  id: `${number.toString(16).padStart(8, '0')}-0000-7000-8000-000000000000`,
  key_id: `k${number % 2}`,
  kind: number === 0 ? 'batch' : 'slow-prediction',
  state: number === 0 ? ('cancelled' as const) : ('succeeded' as const),
  model_name: number === 0 ? 'churn' : 'default',
  input: '{}',
  attempt: 1,
  released: 0,
  created_at: number,
  run_at: number,
  finished_at: number,
})

/** Lists all pages. */
const list = async (filter: JobFilter, limit = 1000) => {
  const ids: string[] = []
  let before: Awaited<ReturnType<typeof listJobRows>>['next']
  let pages = 0
  do {
    const { rows, next } = await listJobRows(db, { ...filter, before, limit })
    ids.push(...rows.map(({ id }) => id.slice(0, 8)))
    before = next
    pages++
  } while (before !== undefined)
  return { ids, pages }
}

const oldest = ['00000000']

describe('a list of jobs', () => {
  test.each<[string, JobFilter]>([
    ['state', { state: 'cancelled' }],
    ['kind', { kind: 'batch' }],
    ['model', { modelName: 'churn' }],
    ['end of the time', { until: 1 }],
    ['prefix', { idPrefix: '00000000-' }],
    ['owner and state', { keyId: 'k0', state: 'cancelled' }],
    ['all of them', { kind: 'batch', modelName: 'churn', until: 1, keyId: 'k0', idPrefix: '0' }],
  ])('is filtered by %s', async (_, filter) => {
    expect((await list(filter)).ids).toEqual(oldest)
  })

  test('has each job once, the newest first, whatever the pages', async () => {
    const { ids } = await list({ since: jobs - 5 }, 2)
    expect(ids).toEqual(['0000176f', '0000176e', '0000176d', '0000176c', '0000176b'])
    expect((await list({ idPrefix: '0000176' }, 3)).ids).toHaveLength(16)
    expect((await list({ kind: 'slow-prediction' })).ids).toHaveLength(jobs - 1)
  })

  test('looks at a bounded number of entries for a page, and then goes on', async () => {
    const { rows, next } = await listJobRows(db, {
      ...{ modelName: 'churn', keyId: 'k0', before: undefined, limit: 10 },
    })
    expect(rows.length).toBe(1)
    expect(next).toBeUndefined()
    const first = await listJobRows(db, {
      ...{ idPrefix: '0', state: 'cancelled', before: undefined, limit: 10 },
    })
    expect(first.rows).toEqual([])
    expect(first.next).toEqual({ createdAt: 1000, id: row(1000).id })
    expect(await list({ idPrefix: '0', state: 'cancelled' })).toEqual({ ids: oldest, pages: 2 })
  })
})

// Each filter in each engine, with its index.
test.each<[JobFilter, string]>([
  [{}, 'jobs_by_time'],
  [{ since: 1, until: 9 }, 'jobs_by_time'],
  [{ state: 'failed' }, 'jobs_ended_by_state'],
  [{ state: 'failed', since: 1, kind: 'batch', modelName: 'churn' }, 'jobs_ended_by_state'],
  [{ state: 'queued', keyId: 'k0', kind: 'batch', since: 1 }, 'jobs_queued'],
  [{ state: 'running', modelName: 'churn' }, 'jobs_running'],
  [{ kind: 'batch', until: 9 }, 'jobs_by_kind'],
  [{ kind: 'slow-prediction', modelName: 'default' }, 'jobs_by_time'],
  [{ modelName: 'churn', kind: 'batch' }, 'jobs_by_model'],
  [{ keyId: 'k0', kind: 'batch', since: 1 }, 'jobs_of_key'],
  [{ keyId: 'k0', state: 'failed', until: 9 }, 'jobs_ended'],
  [{ idPrefix: '01a2', state: 'failed', keyId: 'k0' }, 'sqlite_autoindex_jobs_1'],
])('a list with the filter %j reads the index %s', async (filter, index) => {
  const before = { createdAt: 5, id: row(5).id }
  const plans = await explain(db, (watched) =>
    listJobRows(watched, { ...filter, before, limit: 10 }),
  )
  // PostgreSQL chooses by its statistics of the table.
  const expected = isPostgres(db) ? 'Index' : index
  for (const plan of plans) {
    expect(plan.split(/\s+/)).toContain(expected)
    expect(plan).not.toMatch(plan.includes('CO-ROUTINE jobs') ? /Seq Scan/ : /Seq Scan|SCAN jobs$/m)
  }
})
