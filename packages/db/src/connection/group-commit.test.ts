import { setTimeout } from 'node:timers/promises'
import { emptyDatabase, engine } from '@dsapi/testing'
import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../schema.ts'
import { insertApiKey, listApiKeys } from '../tables/api-keys.ts'
import { isUnwritable } from './errors.ts'
import { groupCommit } from './group-commit.ts'
import { openDatabase } from './open-database.ts'

let db: Database
let url: string

beforeEach(async () => {
  url = await emptyDatabase()
  db = await openDatabase({ url, statementTimeoutMs: 1000 }, { create: true })
  return () => db.destroy()
})

const add = (id: string) =>
  groupCommit(db, async (transaction) => {
    const row = { id, name: '', hash: id, prefix: '', suffix: '', created_at: 0 }
    await insertApiKey(transaction, row)
    return id
  })
const ids = async () => (await listApiKeys(db)).map(({ id }) => id)

/** Holds the lock that every writer needs with another connection until the returned function is called. */
const lock = async () => {
  const other = await openDatabase({ url })
  const held = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const transaction = other.transaction().execute(async (locking) => {
    if (engine() === 'postgres') await sql`lock table api_keys in exclusive mode`.execute(locking)
    held.resolve()
    await release.promise
  })
  await held.promise
  return async () => {
    release.resolve()
    await transaction
    await other.destroy()
  }
}

describe('groupCommit', () => {
  test('writes all that is asked for at once, in order', async () => {
    expect(await Promise.all(['a', 'b', 'c'].map(add))).toEqual(['a', 'b', 'c'])
    expect(await ids()).toEqual(['a', 'b', 'c'])
  })

  test('lets one that throws fail by itself', async () => {
    const results = await Promise.allSettled(['a', 'a', 'b'].map(add))
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await ids()).toEqual(['a', 'b'])
  })

  test('tells all at once when the lock is not to be had, and does not wait for each', async () => {
    const unlock = await lock()
    const results = await Promise.allSettled(['a', 'b', 'c'].map(add))
    const errors = results.map((result) => result.status === 'rejected' && result.reason)
    expect(errors[0]).toSatisfy(isUnwritable)
    expect(new Set(errors).size).toBe(1) // One try with one patience, not three.
    await unlock()
  })

  test('waits for a lock that another holds, without stopping the process', async () => {
    const unlock = await lock()
    let ticks = 0
    const timer = setInterval(() => ticks++, 1)
    const added = add('a')
    await setTimeout(300)
    expect(ticks).toBeGreaterThan(10)
    clearInterval(timer)
    await unlock()
    expect(await added).toBe('a')
  })

  test('gives up after some seconds and says that the database was busy', async () => {
    const unlock = await lock()
    await expect(add('a')).rejects.toSatisfy(isUnwritable)
    await unlock()
    expect(await add('a')).toBe('a')
  })
})
