import { type Database, openDatabase } from '@dsapi/db'
import { emptyDatabase } from '@dsapi/testing'
import { beforeEach, expect, test } from 'vitest'
import { createKey, getKey, rotateKey } from './keys.ts'
import type { StoredKey } from './stored-key.ts'
import { trackUsage, type Usage } from './usage.ts'

let db: Database
let key: StoredKey
const by = { actor: 'cli:test', now: 0 } as const
const noon = Math.floor(Date.now() / 86_400_000) * 86_400_000 + 12 * 3_600_000

const usages: Usage[] = []
const start = async () => {
  const usage = await trackUsage(db, {
    onError: (error) => {
      throw error
    },
  })
  usages.push(usage)
  return usage
}

beforeEach(async () => {
  db = await openDatabase({ url: await emptyDatabase() }, { create: true })
  key = (await createKey(db, { name: 'test', dailyQuota: 3 }, by)).stored
  return async () => {
    for (const usage of usages.splice(0)) await usage.stop()
    await db.destroy()
  }
})

const take = (usage: Usage, now = noon, of = key) => usage.takeFromDay(of, now)?.allowed

test('a quota lets through as many requests as it says, until midnight in UTC', async () => {
  const usage = await start()
  expect([1, 2, 3, 4].map(() => take(usage))).toEqual([true, true, true, false])
  expect(usage.takeFromDay(key, noon)).toMatchObject({ remaining: 0, resetSeconds: 12 * 3600 })
  expect(take(usage, noon + 13 * 3_600_000)).toBe(true)
})

test('a key without a quota is not counted', async () => {
  const { stored } = await createKey(db, { name: 'free' }, by)
  expect((await start()).takeFromDay(stored, noon)).toBeUndefined()
})

test('a quota outlives the process', async () => {
  const first = await start()
  take(first)
  take(first)
  await first.stop()
  const second = await start()
  expect([take(second), take(second)]).toEqual([true, false])
})

test('processes count together', async () => {
  const [first, second] = [await start(), await start()]
  take(first)
  take(first)
  await first.flush()
  take(second)
  await second.flush()
  expect(take(second)).toBe(false)
})

test('a rotated key shares its quota with its successor', async () => {
  const usage = await start()
  const { stored } = await rotateKey(db, key.id, 1000, by)
  take(usage)
  take(usage, noon, stored)
  take(usage)
  expect(take(usage, noon, stored)).toBe(false)
})

test('when a key was last used is known to the minute', async () => {
  const usage = await start()
  usage.note(key, 90_500)
  usage.note(key, 119_999)
  await usage.flush()
  expect((await getKey(db, key.id)).lastUsedAt).toBe(60_000)
})

test('counts that could not be written are written later', async () => {
  const usage = await trackUsage(db, { onError: () => {} })
  usages.push(usage)
  take(usage)
  await db.schema.alterTable('usage').renameTo('hidden').execute()
  await usage.flush()
  take(usage)
  await db.schema.alterTable('hidden').renameTo('usage').execute()
  await usage.flush()
  expect(await db.selectFrom('usage').select('requests').execute()).toEqual([{ requests: 2 }])
})
