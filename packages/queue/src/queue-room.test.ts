import { openDatabase } from '@dsapi/db'
import { emptyDatabase } from '@dsapi/testing'
import { expect, onTestFinished, test } from 'vitest'
import { createQueueRoom } from './queue-room.ts'

test('jobs that could not be counted are no full queue', async () => {
  const db = await openDatabase({ url: await emptyDatabase() }, { create: true })
  onTestFinished(() => db.destroy())
  const takePlace = createQueueRoom(db, 1)
  await db.schema.alterTable('jobs').renameTo('elsewhere').execute()
  for (let i = 0; i < 2; i++)
    await expect(takePlace()).rejects.toThrow(/no such table|does not exist/)
  await db.schema.alterTable('elsewhere').renameTo('jobs').execute()
  await takePlace()
})
