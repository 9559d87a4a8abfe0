import { type Database, openDatabase } from '@dsapi/db'
import { contentOf, emptyDatabase } from '@dsapi/testing'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { By } from './audit.ts'
import { readAudit } from './audit.ts'
import { addDemoKeys, hasDemoKeys } from './demo-keys.ts'
import { hashKey } from './key-format.ts'
import {
  createKey,
  disableKey,
  enableKey,
  getKey,
  listKeys,
  revokeKey,
  rotateKey,
} from './manage-keys.ts'
import { describeKey, stateOf } from './stored-key.ts'

let db: Database
let url: string

beforeEach(async () => {
  url = await emptyDatabase()
  db = await openDatabase({ url }, { create: true })
  return () => db.destroy()
})

const at = (now: number): By => ({ actor: 'cli:me', now })
const create = async (options: Parameters<typeof createKey>[1] = { name: 'test' }) =>
  (await createKey(db, options, at(1000))).stored
const stateAt = async (id: string, now: number) => stateOf(await getKey(db, id), now)

describe('a key that was made', () => {
  test('may predict and look at its jobs, without limit or end, by default', async () => {
    expect(await create()).toMatchObject({
      scopes: ['predict', 'jobs'],
      models: null,
      rate: null,
      dailyQuota: null,
      expiresAt: null,
      createdBy: 'cli:me',
      createdAt: 1000,
    })
  })

  test('keeps what was wished for it', async () => {
    const options = {
      name: 'report',
      note: 'ask Ann',
      scopes: ['admin'],
      models: ['churn', 'fraud'],
      rate: { requests: 5, seconds: 60 },
      dailyQuota: 100,
      expiresAt: 2000,
    } as const
    const { id } = await create(options)
    expect(await getKey(db, id)).toMatchObject(options)
  })

  test('is nowhere in the database, only its hash', async () => {
    const { key } = await createKey(db, { name: 'test' }, at(0))
    const written = await contentOf(url)
    expect(written).toContain(hashKey(key))
    expect(written).not.toContain(key)
    expect(written).not.toContain(key.slice(10, -4))
  })

  test('is described without its hash', async () => {
    const stored = await create()
    expect(JSON.stringify(describeKey(stored, 0))).not.toContain(stored.hash)
  })
})

describe('the life of a key', () => {
  test('ends when it expires', async () => {
    const { id } = await create({ name: 'test', expiresAt: 2000 })
    expect(await stateAt(id, 1999)).toBe('active')
    expect(await stateAt(id, 2000)).toBe('expired')
  })

  test('pauses while it is disabled', async () => {
    const { id } = await create()
    await disableKey(db, id, at(2000))
    expect(await stateAt(id, 2000)).toBe('disabled')
    await enableKey(db, id, at(3000))
    expect(await stateAt(id, 3000)).toBe('active')
  })

  test('ends for good when it is revoked', async () => {
    const { id } = await create()
    await revokeKey(db, id, at(2000))
    expect(await stateAt(id, 2000)).toBe('revoked')
    await expect(enableKey(db, id, at(3000))).rejects.toThrow(/cannot be enabled: it is revoked/)
    await expect(revokeKey(db, id, at(3000))).rejects.toThrow(/cannot be revoked: it is revoked/)
  })

  test.each([
    ['revoked', revokeKey],
    ['disabled', disableKey],
    ['enabled', enableKey],
  ])('an unknown key cannot be %s', async (_, change) => {
    await expect(change(db, 'nobody', at(0))).rejects.toMatchObject({ code: 'unknown_key' })
  })
})

describe('a rotation', () => {
  const options = { name: 'a', note: 'n', scopes: ['jobs'], models: ['m'], dailyQuota: 7 } as const

  test('makes a successor that is like the old key and of the same line', async () => {
    const old = await create(options)
    const { key, stored } = await rotateKey(db, old.id, 500, at(2000))
    expect(stored).toMatchObject({ ...options, ownerId: old.id, hash: hashKey(key) })
    const third = await rotateKey(db, stored.id, 500, at(2100))
    expect(third.stored.ownerId).toBe(old.id)
  })

  test('leaves both working until the grace is over', async () => {
    const old = await create()
    const { stored } = await rotateKey(db, old.id, 500, at(2000))
    expect(await stateAt(old.id, 2499)).toBe('active')
    expect(await stateAt(old.id, 2500)).toBe('expired')
    expect(await stateAt(stored.id, 2500)).toBe('active')
  })

  test('does not lengthen the life of the old key, and gives the new one as long a life', async () => {
    const old = await create({ name: 'a', expiresAt: 2100 })
    const { stored, replaced } = await rotateKey(db, old.id, 500, at(2000))
    expect(replaced.expiresAt).toBe(2100)
    expect(stored.expiresAt).toBe(2000 + 1100)
  })

  test('is done once for a key, so that a line does not fork', async () => {
    const old = await create()
    const { stored } = await rotateKey(db, old.id, 500, at(2000))
    await expect(rotateKey(db, old.id, 500, at(2001))).rejects.toThrow(stored.id)
  })

  test('of two at once one is refused, with the successor that the other has made', async () => {
    const elsewhere = await openDatabase({ url })
    onTestFinished(() => elsewhere.destroy())
    for (let i = 0; i < 5; i++) {
      const old = await create()
      const [first, second] = await Promise.allSettled([
        rotateKey(db, old.id, 500, at(2000)),
        rotateKey(elsewhere, old.id, 500, at(2000)),
      ])
      const [made, refused] = first.status === 'fulfilled' ? [first, second] : [second, first]
      if (made.status !== 'fulfilled' || refused.status !== 'rejected') expect.unreachable()
      expect(refused.reason.message).toBe(
        `The key ${old.id} cannot be rotated: it was rotated before, to ${made.value.stored.id}`,
      )
    }
  })

  test.each([
    ['revoked', revokeKey],
    ['disabled', disableKey],
  ])('is refused for a key that is %s', async (state, change) => {
    const { id } = await create()
    await change(db, id, at(2000))
    await expect(rotateKey(db, id, 500, at(2001))).rejects.toThrow(`it is ${state}`)
    expect(await listKeys(db)).toHaveLength(1)
  })
})

test('every change is in the audit: who, what, when', async () => {
  const { id } = await create({ name: 'a', scopes: ['admin'] })
  await disableKey(db, id, { actor: 'key:boss', now: 2000 })
  await enableKey(db, id, at(3000))
  const { stored } = await rotateKey(db, id, 1000, at(4000))
  await revokeKey(db, id, at(4500))
  const entries = (await readAudit(db, { limit: 100 })).toReversed()
  expect(entries.map(({ actor, action, key_id }) => [actor, action, key_id])).toEqual([
    ['cli:me', 'create', id],
    ['key:boss', 'disable', id],
    ['cli:me', 'enable', id],
    ['cli:me', 'rotate', id],
    ['cli:me', 'create', stored.id],
    ['cli:me', 'revoke', id],
  ])
  expect(entries[1].at).toBe('1970-01-01T00:00:02.000Z')
  expect(entries[4].detail).toEqual({ name: 'a', scopes: 'admin', rotated_from: id })
  expect(await readAudit(db, { keyId: stored.id, limit: 10 })).toHaveLength(1)
})

test('the demo keys are stored once and count until they are revoked', async () => {
  expect(await hasDemoKeys(db, 0)).toBe(false)
  await addDemoKeys(db, at(0))
  await addDemoKeys(db, at(0))
  const keys = await listKeys(db)
  expect(keys).toHaveLength(2)
  for (const { id } of keys) await disableKey(db, id, at(1))
  expect(await hasDemoKeys(db, 1)).toBe(true)
  for (const { id } of keys) await revokeKey(db, id, at(2))
  expect(await hasDemoKeys(db, 2)).toBe(false)
})

test.each([
  ['disable', disableKey, 'is disabled'],
  ['revoke', revokeKey, 'is revoked'],
] as const)(
  'of two that %s a key at once, one is refused for what the other has done',
  async (_, change, reason) => {
    const elsewhere = await openDatabase({ url })
    onTestFinished(() => elsewhere.destroy())
    const { id } = await create({ name: 'a', expiresAt: 3000 })
    const outcomes = await Promise.allSettled([
      change(db, id, at(4000)),
      change(elsewhere, id, at(4000)),
    ])
    const messages = outcomes.flatMap((one) =>
      one.status === 'rejected' ? [String(one.reason.message)] : [],
    )
    expect(messages).toEqual([expect.stringContaining(`: it ${reason}`)])
  },
)
