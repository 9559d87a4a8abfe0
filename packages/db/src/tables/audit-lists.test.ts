import { emptyDatabase } from '@dsapi/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { explain } from '../../test/explain.ts'
import { isPostgres } from '../connection/engine.ts'
import { openDatabase } from '../connection/open-database.ts'
import type { Database } from '../schema.ts'
import { insertApiKey } from './api-keys.ts'
import { type AuditFilter, type AuditPlace, listAuditEntries } from './audit-lists.ts'

let db: Database
const each = 3000

// Two entries of keys and two of models for each instant; the oldest ones are unlike all others.
beforeAll(async () => {
  db = await openDatabase({ url: await emptyDatabase() }, { create: true })
  for (const id of ['k0', 'k1'])
    await insertApiKey(db, { id, hash: id, name: 'test', prefix: '', suffix: '', created_at: 0 })
  for (let from = 0; from < each; from += 1000) {
    const numbers = Array.from({ length: 1000 }, (_, i) => from + i)
    const keys = numbers.map((i) => ({ ...row(i), key_id: i < 2 ? 'k0' : 'k1' }))
    const models = numbers.map((i) => ({
      ...row(i),
      name: i < 2 ? 'churn' : 'default',
      version: 1,
    }))
    await db.insertInto('audit').values(keys).execute()
    await db.insertInto('model_audit').values(models).execute()
  }
  if (isPostgres(db)) for (const table of ['audit', 'model_audit']) await analyze(table)
})
afterAll(() => db.destroy())

const analyze = (table: string) => sql`analyze ${sql.table(table)}`.execute(db)

const row = (i: number) => ({
  at: Math.floor(i / 2),
  actor: i < 2 ? 'cli:ada' : 'key:k1',
  action: i < 2 ? 'create' : 'change',
  detail: '{}',
})

const all = async (filter: AuditFilter, limit: number) => {
  const found: AuditPlace[] = []
  for (;;) {
    const before = found.at(-1)
    const page = await listAuditEntries(db, { ...filter, ...(before && { before }), limit })
    found.push(...page)
    if (page.length < limit) return found.map(({ of, at, id }) => `${of} ${at} ${id}`)
  }
}

const oldest = ['model 0 2', 'model 0 1', 'key 0 2', 'key 0 1']

describe('a list of audit entries', () => {
  test.each<[string, AuditFilter, readonly string[]]>([
    ['actor', { actor: 'cli:ada' }, oldest],
    ['action', { action: 'create' }, oldest],
    ['key', { target: 'k0' }, oldest.slice(2)],
    ['model', { target: 'churn' }, oldest.slice(0, 2)],
    ['end of time', { until: 1 }, oldest],
    ['time', { since: 0, until: 1, actor: 'key:k1' }, []],
  ])('is filtered by %s, whatever the size of pages', async (_, filter, expected) => {
    for (const limit of [1, 3, 100]) expect(await all(filter, limit)).toEqual(expected)
  })

  test('has each entry once, keys and models together, the newest first', async () => {
    const found = await all({}, 999)
    expect(found).toHaveLength(2 * each)
    expect(new Set(found).size).toBe(2 * each)
    expect(found.slice(-4)).toEqual(oldest)
  })

  test.each<[string, AuditFilter]>([
    ['nothing', {}],
    ['actor', { actor: 'cli:ada' }],
    ['action', { action: 'create' }],
    ['target', { target: 'k0' }],
    ['time', { since: 3, until: 9 }],
  ])('filtered by %s reads an index in its order', async (_, filter) => {
    const before = { of: 'key', at: 1000, id: 2000 } as const
    for (const plan of await explain(db, (on) =>
      listAuditEntries(on, { ...filter, before, limit: 9 }),
    )) {
      expect(plan).toMatch(/Index|USING (COVERING )?INDEX/)
      expect(plan).not.toMatch(/Seq Scan|Sort|TEMP B-TREE/)
    }
  })
})
