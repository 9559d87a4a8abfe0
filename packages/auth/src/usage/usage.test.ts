import { type Database, openDatabase } from '@dsapi/db'
import { emptyDatabase } from '@dsapi/testing'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { createKey, getKey, rotateKey } from '../keys/manage-keys.ts'
import type { StoredKey } from '../keys/stored-key.ts'
import { trackUsage, type Usage } from './usage.ts'

let db: Database
let key: StoredKey
const by = { actor: 'cli:test', now: 0 } as const
const noon = Math.floor(Date.now() / 86_400_000) * 86_400_000 + 12 * 3_600_000

const usages: Usage[] = []
const start = () => {
  const usage = trackUsage(db, {
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

const take = async (usage: Usage, now = noon, of = key) =>
  (await usage.takeFromDay(of, now))?.allowed

/** Takes one after another from each of some in turn; gives how many were allowed. */
const takeInTurn = async (from: readonly Usage[], times: number, of: StoredKey) => {
  let allowed = 0
  for (let i = 0; i < times; i++) {
    for (const usage of from) if (await take(usage, noon, of)) allowed++
  }
  return allowed
}

const makeKey = async (dailyQuota: number) =>
  (await createKey(db, { name: 'test', dailyQuota }, by)).stored

test('a quota lets through as many requests as it says, until midnight in UTC', async () => {
  const usage = start()
  expect(await takeInTurn([usage], 4, key)).toBe(3)
  expect(await usage.takeFromDay(key, noon)).toMatchObject({
    allowed: false,
    remaining: 0,
    resetSeconds: 12 * 3600,
  })
  expect(await usage.takeFromDay(key, noon + 13 * 3_600_000)).toMatchObject({
    allowed: true,
    remaining: 2,
    resetSeconds: 23 * 3600,
  })
})

test('a key without a quota is not counted', async () => {
  const { stored } = await createKey(db, { name: 'free' }, by)
  expect(start().takeFromDay(stored, noon)).toBeUndefined()
})

test('a quota outlives the process', async () => {
  const first = start()
  await take(first)
  await take(first)
  await first.stop()
  const second = start()
  expect([await take(second), await take(second)]).toEqual([true, false])
})

test.each([20, 1000])('processes that ask in turn share a quota of %i exactly', async (quota) => {
  const of = await makeKey(quota)
  expect(await takeInTurn([start(), start(), start(), start()], quota / 2, of)).toBe(quota)
})

test('a process that was idle for a second knows what others have counted meanwhile', async () => {
  const of = await makeKey(200)
  const [busy, idle] = [start(), start()]
  await take(idle, noon, of)
  await idle.flush()
  expect(await takeInTurn([busy], 210, of)).toBe(199)
  const later = performance.now() + 1000
  vi.spyOn(performance, 'now').mockReturnValue(later)
  onTestFinished(() => void vi.restoreAllMocks())
  expect(await take(idle, noon, of)).toBe(false)
})

test('of many requests that come to several processes at once, a small quota lets none too many through', async () => {
  const of = await makeKey(25)
  const usages = [start(), start(), start()]
  const taken = await Promise.all(
    usages.flatMap((usage) => Array.from({ length: 40 }, () => take(usage, noon, of))),
  )
  expect(taken.filter((allowed) => allowed).length).toBe(25)
})

test('at most a 32nd of what is left passes before a process looks at the database again', async () => {
  const of = await makeKey(3200)
  const usage = start()
  await take(usage, noon, of)
  const atOnce = Array.from({ length: 200 }, () => usage.takeFromDay(of, noon))
  expect(atOnce.filter((taken) => !(taken instanceof Promise)).length).toBeLessThanOrEqual(100)
  expect(await Promise.all(atOnce.map((taken) => taken))).toHaveLength(200)
})

test('a quota that was lowered holds for what was used before', async () => {
  const usage = start()
  await takeInTurn([usage], 2, key)
  expect(await take(usage, noon, { ...key, dailyQuota: 2 })).toBe(false)
  expect(await take(usage, noon, key)).toBe(true)
})

test('a rotated key shares its quota with its successor', async () => {
  const usage = start()
  const { stored } = await rotateKey(db, key.id, 1000, by)
  await take(usage)
  await take(usage, noon, stored)
  await take(usage)
  expect(await take(usage, noon, stored)).toBe(false)
})

test('where the database would have to decide and cannot, no request passes', async () => {
  const usage = trackUsage(db, { onError: () => {} })
  usages.push(usage)
  await take(usage)
  await db.schema.alterTable('usage').renameTo('hidden').execute()
  await expect(take(usage)).rejects.toThrow('usage')
  await db.schema.alterTable('hidden').renameTo('usage').execute()
  expect(await takeInTurn([usage], 3, key)).toBe(2)
})

test('when a key was last used is known to the minute', async () => {
  const usage = start()
  usage.recordUse(key, 90_500)
  usage.recordUse(key, 119_999)
  await usage.flush()
  expect((await getKey(db, key.id)).lastUsedAt).toBe(60_000)
})

test('counts that could not be written are written later', async () => {
  const usage = trackUsage(db, { onError: () => {} })
  usages.push(usage)
  const of = await makeKey(1000)
  await take(usage, noon, of)
  await db.schema.alterTable('usage').renameTo('hidden').execute()
  await usage.flush()
  await db.schema.alterTable('hidden').renameTo('usage').execute()
  await usage.flush()
  expect(await db.selectFrom('usage').select('requests').execute()).toEqual([{ requests: 1 }])
})
