import { setTimeout } from 'node:timers/promises'
import { type Database, insertApiKey, insertJob, listWatchers, openDatabase } from '@dsapi/db'
import { emptyDatabase, waitFor } from '@dsapi/testing'
import { beforeEach, expect, test } from 'vitest'
import { createWatcherSlot, type WatcherSlot } from './watcher-slot.ts'

const leaseMs = 200

let db: Database
beforeEach(async () => {
  db = await openDatabase({ url: await emptyDatabase() }, { create: true })
  const key = { name: 'test', hash: 'h', prefix: '', suffix: '', created_at: 0 }
  await insertApiKey(db, { id: 'k1', ...key })
  const none = { idempotencyKey: null, fingerprint: null, requestId: null, traceparent: null }
  await insertJob(db, {
    ...{ id: 'j', keyId: 'k1', kind: 'test', input: '{}', timeLimitMs: 1, ...none },
    ...{ modelName: 'default', modelVersion: null, webhookUrl: null, now: 0 },
  })
  await setState('running')
  return () => db.destroy()
})

const setState = (state: 'queued' | 'running') => db.updateTable('jobs').set({ state }).execute()
const processes = (count: number) =>
  Array.from({ length: count }, () => createWatcherSlot(db, leaseMs))

/** Which of them watch, once each has looked. */
const watching = async (all: readonly WatcherSlot[]) => {
  const watchers: WatcherSlot[] = []
  for (const slot of all) {
    if (await slot.isHeld()) {
      await slot.renew()
      watchers.push(slot)
    }
  }
  return watchers
}

test('of many processes three watch, and they go on', async () => {
  const all = processes(10)
  const watchers = await watching(all)
  expect(watchers).toHaveLength(3)
  await setTimeout(2 * leaseMs)
  expect(await watching(all)).toEqual(watchers)
})

test('the place of a watcher that falls silent goes to another', async () => {
  const all = processes(4)
  const [lost, ...others] = await watching(all)
  const living = all.filter((slot) => slot !== lost)
  await waitFor(async () => (await watching(living)).length === 3)
  expect(await watching(living)).toEqual(expect.arrayContaining(others))
  await lost.renew()
  expect(await lost.isHeld()).toBe(false)
})

test('a process that starts after another was killed watches at once', async () => {
  await watching(processes(1))
  expect(await watching(processes(1))).toHaveLength(1)
})

test('a process that stops leaves its place', async () => {
  const [slot] = processes(1)
  await watching([slot])
  await slot.leave()
  expect((await listWatchers(db)).map(({ holder }) => holder)).toEqual(['', '', ''])
})

test('while no job runs, nobody takes a place and nothing is written', async () => {
  await setState('queued')
  expect(await watching(processes(3))).toEqual([])
  expect((await listWatchers(db)).map(({ beat }) => beat)).toEqual([0, 0, 0])
})
