import { setTimeout } from 'node:timers/promises'
import { type Database, openDatabase } from '@dsapi/db'
import { emptyDatabase } from '@dsapi/testing'
import { beforeEach, describe, expect, test } from 'vitest'
import { addDemoKeys, demoKeys } from '../keys/demo-keys.ts'
import { type FollowedKeys, followKeys } from '../keys/follow-keys.ts'
import { generateKey } from '../keys/key-format.ts'
import { createKey, disableKey, enableKey, revokeKey } from '../keys/manage-keys.ts'
import { createAuthenticator } from './authenticator.ts'

let db: Database
let url: string
let keys: FollowedKeys

beforeEach(async () => {
  url = await emptyDatabase()
  db = await openDatabase({ url }, { create: true })
  keys = await followKeys(db, { onError: () => {} })
  return async () => {
    await keys.stop()
    await db.destroy()
  }
})

const by = () => ({ actor: 'cli:test', now: Date.now() }) as const
const create = (expiresAt?: number) => createKey(db, { name: 'test', expiresAt }, by())

const outcomeOf = async (text: string, acceptsDemoKeys = true) => {
  const { authenticate } = createAuthenticator(keys, { acceptDemoKeys: () => acceptsDemoKeys })
  return (await authenticate({ kind: 'key', text })).outcome
}

describe('the authenticator', () => {
  test('accepts a key that was made a moment ago, by another process too', async () => {
    const elsewhere = await openDatabase({ url })
    const { key } = await createKey(elsewhere, { name: 'new' }, by())
    await elsewhere.destroy()
    expect(await outcomeOf(key)).toBe('accepted')
  })

  test('says whose a key is', async () => {
    const { key, stored } = await create()
    const { authenticate } = createAuthenticator(keys, { acceptDemoKeys: () => true })
    expect(await authenticate({ kind: 'key', text: key })).toEqual({
      outcome: 'accepted',
      key: stored,
    })
  })

  test('answers for a key that it knows without waiting for anything', async () => {
    const { key } = await create()
    await outcomeOf(key)
    const { authenticate } = createAuthenticator(keys, { acceptDemoKeys: () => true })
    expect(authenticate({ kind: 'key', text: key })).not.toBeInstanceOf(Promise)
  })

  test('calls no key missing, and two keys invalid', async () => {
    const { authenticate } = createAuthenticator(keys, { acceptDemoKeys: () => true })
    expect(await authenticate({ kind: 'none' })).toEqual({ outcome: 'missing' })
    expect(await authenticate({ kind: 'two' })).toEqual({ outcome: 'invalid' })
  })

  test.each([
    ['an unknown dsapi key', generateKey()],
    ['an unknown key from elsewhere', 'abc'],
    ['SQL', "' OR 1=1 --"],
    ['a megabyte', 'x'.repeat(1_000_000)],
  ])('calls %s invalid', async (_, presented) => {
    expect(await outcomeOf(presented)).toBe('invalid')
  })

  test('asks no database about what can be no key', () => {
    const { authenticate } = createAuthenticator(keys, { acceptDemoKeys: () => true })
    const wrongChecksum = generateKey().replace(/.$/, (last) => (last === 'a' ? 'b' : 'a'))
    expect(authenticate({ kind: 'key', text: wrongChecksum })).toEqual({ outcome: 'invalid' })
  })

  test('refuses a key from the instant at which it expires', async () => {
    expect(await outcomeOf((await create(Date.now() + 60_000)).key)).toBe('accepted')
    expect(await outcomeOf((await create(Date.now())).key)).toBe('invalid')
  })

  test('refuses a revoked key within a second, though it was known', async () => {
    const { key, stored } = await create()
    expect(await outcomeOf(key)).toBe('accepted')
    await revokeKey(db, stored.id, by())
    await setTimeout(1001)
    expect(await outcomeOf(key)).toBe('invalid')
  })

  test('refuses a disabled key within a second, and lets it in as soon as it is enabled', async () => {
    const { key, stored } = await create()
    await disableKey(db, stored.id, by())
    await setTimeout(1001)
    expect(await outcomeOf(key)).toBe('invalid')
    await enableKey(db, stored.id, by())
    expect(await outcomeOf(key)).toBe('accepted')
  })

  test('accepts no key that it knows once the database has been silent for a second', async () => {
    const { key } = await create()
    expect(await outcomeOf(key)).toBe('accepted')
    await db.destroy()
    await setTimeout(1001)
    await expect(outcomeOf(key)).rejects.toThrow()
  })

  test('accepts the demo keys only where it is allowed to', async () => {
    await addDemoKeys(db, by())
    expect(await outcomeOf(demoKeys[0], true)).toBe('accepted')
    expect(await outcomeOf(demoKeys[0], false)).toBe('invalid')
  })
})
