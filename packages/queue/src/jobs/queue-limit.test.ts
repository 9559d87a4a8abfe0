import { type Database, openDatabase } from '@dsapi/db'
import { emptyDatabase } from '@dsapi/testing'
import { expect, onTestFinished, test } from 'vitest'
import { createQueueLimit, QueueFullError } from './queue-limit.ts'

const takingPlaces = (db: Database, limit: number) => {
  const take = createQueueLimit(db, { limit, ownerLimit: 10 })
  return (keyId = 'a', maxJobs: number | null = null) => take({ keyId, maxJobs })
}

test('jobs that could not be counted are no full queue', async () => {
  const db = await openDatabase({ url: await emptyDatabase() }, { create: true })
  onTestFinished(() => db.destroy())
  const takePlace = takingPlaces(db, 1)
  await db.schema.alterTable('jobs').renameTo('elsewhere').execute()
  for (let i = 0; i < 2; i++)
    await expect(takePlace()).rejects.toThrow(/no such table|does not exist/)
  await db.schema.alterTable('elsewhere').renameTo('jobs').execute()
  await takePlace()
})

test('a place that is held is counted until it is given back, however often jobs are counted', async () => {
  const db = await openDatabase({ url: await emptyDatabase() }, { create: true })
  onTestFinished(() => db.destroy())
  const takePlace = takingPlaces(db, 2)
  const first = await takePlace()
  const second = await takePlace()
  for (let i = 0; i < 3; i++) await expect(takePlace()).rejects.toThrow(QueueFullError)
  first.giveBack()
  first.giveBack() // No second place by that.
  const third = await takePlace()
  await expect(takePlace()).rejects.toThrow(QueueFullError)
  second.giveBack()
  third.fill()
  third.giveBack() // It is the job's now.
  await takePlace()
})

test('an owner has no more places than its own limit or the one of each, and leaves the others to others', async () => {
  const db = await openDatabase({ url: await emptyDatabase() }, { create: true })
  onTestFinished(() => db.destroy())
  const takePlace = takingPlaces(db, 15)
  await takePlace('a', 1)
  await expect(takePlace('a', 1)).rejects.toMatchObject({ of: 'owner', limit: 1 })
  for (let i = 0; i < 10; i++) await takePlace('b')
  await expect(takePlace('b')).rejects.toMatchObject({ of: 'owner', limit: 10 })
  for (let i = 0; i < 4; i++) await takePlace('c')
  await expect(takePlace('c')).rejects.toMatchObject({ of: 'queue', limit: 15 })
})

test('a place that the queue refuses is none of its owner', async () => {
  const db = await openDatabase({ url: await emptyDatabase() }, { create: true })
  onTestFinished(() => db.destroy())
  const takePlace = takingPlaces(db, 1)
  const other = await takePlace('b')
  for (let i = 0; i < 3; i++) {
    await expect(takePlace('a', 1)).rejects.toMatchObject({ of: 'queue' })
  }
  other.giveBack()
  await takePlace('a', 1)
})
