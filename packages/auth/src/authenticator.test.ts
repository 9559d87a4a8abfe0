import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { type Database, openDatabase } from '@dsapi/db'
import { temporaryFolder } from '@dsapi/testing'
import { beforeEach, describe, expect, test } from 'vitest'
import { createAuthenticator } from './authenticator.ts'
import { addDemoKeys, demoKeys, hasDemoKeys } from './demo-keys.ts'
import { generateKey } from './key.ts'
import { createKey, listKeys, revokeKey } from './keys.ts'

let db: Database

beforeEach(async () => {
  db = await openDatabase(join(await temporaryFolder(), 'test.sqlite'), { create: true })
  return () => db.destroy()
})

const outcomeOf = async (presented: string | undefined, acceptDemoKeys = true) =>
  (await createAuthenticator(db, { acceptDemoKeys })(presented)).outcome

const create = (expiresAt: number | null = null) =>
  createKey(db, { name: 'test', now: Date.now(), expiresAt })

describe('the authenticator', () => {
  test('accepts a stored key and says whose it is', async () => {
    const { id, key } = await create()
    const authenticate = createAuthenticator(db, { acceptDemoKeys: true })
    expect(await authenticate(key)).toEqual({ outcome: 'accepted', keyId: id })
  })

  test.each([undefined, ''])('calls %j missing', async (presented) => {
    expect(await outcomeOf(presented)).toBe('missing')
  })

  test.each([
    ['an unknown key of ours', generateKey()],
    ['an unknown key from elsewhere', 'abc'],
    ['SQL', "' OR 1=1 --"],
    ['a megabyte', 'x'.repeat(1_000_000)],
  ])('calls %s invalid', async (_, presented) => {
    expect(await outcomeOf(presented)).toBe('invalid')
  })

  test('refuses a key from the instant at which it expires', async () => {
    expect(await outcomeOf((await create(Date.now() + 60_000)).key)).toBe('accepted')
    expect(await outcomeOf((await create(Date.now())).key)).toBe('invalid')
  })

  test('refuses a revoked key within a second, though it was remembered', async () => {
    const { id, key } = await create()
    const authenticate = createAuthenticator(db, { acceptDemoKeys: true })
    expect((await authenticate(key)).outcome).toBe('accepted')
    await revokeKey(db, id, Date.now())
    await setTimeout(1001)
    expect((await authenticate(key)).outcome).toBe('invalid')
  })

  test('accepts the demo keys only where it is told to', async () => {
    await addDemoKeys(db, Date.now())
    expect(await outcomeOf(demoKeys[0], true)).toBe('accepted')
    expect(await outcomeOf(demoKeys[0], false)).toBe('invalid')
  })
})

describe('keys', () => {
  test('are nowhere in the database, only their hashes', async () => {
    const { key } = await create()
    const stored = JSON.stringify(await listKeys(db, Date.now()))
    expect(stored).not.toContain(key)
    expect(stored).not.toContain(key.slice(10, -4))
  })

  test('are revoked once', async () => {
    const { id } = await create()
    expect(await revokeKey(db, id, Date.now())).toBe(true)
    expect(await revokeKey(db, id, Date.now())).toBe(false)
    expect(await revokeKey(db, 'nobody', Date.now())).toBe(false)
  })

  test('are listed with their state', async () => {
    await create()
    await create(Date.now())
    await revokeKey(db, (await create()).id, Date.now())
    const states = (await listKeys(db, Date.now())).map(({ state }) => state)
    expect(states.toSorted()).toEqual(['active', 'expired', 'revoked'])
  })
})

test('the demo keys are stored once and count until they are revoked', async () => {
  expect(await hasDemoKeys(db, Date.now())).toBe(false)
  await addDemoKeys(db, Date.now())
  await addDemoKeys(db, Date.now())
  const keys = await listKeys(db, Date.now())
  expect(keys).toHaveLength(2)
  for (const { id } of keys) await revokeKey(db, id, Date.now())
  expect(await hasDemoKeys(db, Date.now())).toBe(false)
})
