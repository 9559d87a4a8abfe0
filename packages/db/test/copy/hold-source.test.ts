import { sql } from 'kysely'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { lockSource } from '../../src/copy/lock-source.ts'
import { type Database, openDatabase } from '../../src/index.ts'
import { filledSource, job } from './fill-source.ts'

describe('the source of a copy', () => {
  let source: Database
  let other: Database

  beforeEach(async () => {
    const filled = await filledSource()
    source = filled.db
    other = await openDatabase({ url: filled.url })
    onTestFinished(async () => {
      await source.destroy()
      await other.destroy()
    })
  })
  const hold = () => lockSource(source, async () => 'held')

  test('is refused while somebody writes to it', async () => {
    await other.transaction().execute(async () => {
      await expect(hold()).rejects.toMatchObject({ code: 'source_in_use' })
    })
    expect(await hold()).toBe('held')
  })

  test('is refused while its jobs are being worked off, not if their worker has died', async () => {
    await other
      .insertInto('jobs')
      .values({ ...job(9999), state: 'running' })
      .execute()
    const alive = setInterval(() => {
      void sql`update jobs set heartbeat = heartbeat + 1 where state = 'running'`.execute(other)
    }, 50)
    await expect(hold()).rejects.toMatchObject({ code: 'source_in_use' })
    clearInterval(alive)
    expect(await hold()).toBe('held')
  })
})
