import { type Database, inTransaction, openDatabase } from '@dsapi/db'
import { emptyDatabase } from '@dsapi/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSignInCode, takeSignInCode } from './sign-in-codes.ts'

const by = { actor: 'cli:test', now: 1_000_000 } as const

let db: Database
let other: Database
beforeAll(async () => {
  const url = await emptyDatabase()
  db = await openDatabase({ url })
  other = await openDatabase({ url })
})
afterAll(() => Promise.all([db.destroy(), other.destroy()]))

/** Another process writes for a while; on SQLite it holds the lock of the whole database. */
const whileAnotherWrites = async <T>(task: () => Promise<T>): Promise<T> => {
  const begun = Promise.withResolvers<void>()
  const end = Promise.withResolvers<void>()
  const writing = inTransaction(other, async () => {
    begun.resolve()
    await end.promise
  })
  await begun.promise
  setTimeout(end.resolve, 200)
  const result = await task()
  await writing
  return result
}

test('a code is made and taken, once, while another process writes', async () => {
  const { code } = await whileAnotherWrites(() => createSignInCode(db, by))
  const take = () => takeSignInCode(db, code, by.now)
  expect(await whileAnotherWrites(take)).toBe('cli:test')
  expect(await take()).toBeUndefined()
})

test('an expired code is not taken', async () => {
  const { code, expiresAt } = await createSignInCode(db, by)
  expect(await takeSignInCode(db, code, expiresAt)).toBeUndefined()
})
