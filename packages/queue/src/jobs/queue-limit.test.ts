import { openDatabase } from '@dsapi/db'
import { emptyDatabase } from '@dsapi/testing'
import { expect, onTestFinished, test } from 'vitest'
import { createQueueLimit, QueueFullError } from './queue-limit.ts'

test('jobs that could not be counted are no full queue', async () => {
  const db = await openDatabase({ url: await emptyDatabase() }, { create: true })
  onTestFinished(() => db.destroy())
  const takePlace = createQueueLimit(db, 1)
  await db.schema.alterTable('jobs').renameTo('elsewhere').execute()
  for (let i = 0; i < 2; i++)
    await expect(takePlace()).rejects.toThrow(/no such table|does not exist/)
  await db.schema.alterTable('elsewhere').renameTo('jobs').execute()
  await takePlace()
})

test('a place that is held is counted until it is given back, however often jobs are counted', async () => {
  const db = await openDatabase({ url: await emptyDatabase() }, { create: true })
  onTestFinished(() => db.destroy())
  const takePlace = createQueueLimit(db, 2)
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
