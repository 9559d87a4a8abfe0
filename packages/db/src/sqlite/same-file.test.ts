import { copyFile, mkdir, rename, rm, stat, symlink, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryFolder, waitFor } from '@dsapi/testing'
import { sql } from 'kysely'
import { describe, expect, onTestFinished, test } from 'vitest'
import { DatabaseUnreachableError } from '../connection/errors.ts'
import { inTransaction } from '../connection/in-transaction.ts'
import { openDatabase } from '../connection/open-database.ts'
import type { Database } from '../schema.ts'

const opened = async (name = 'test.sqlite', under?: string) => {
  const folder = under ?? (await temporaryFolder())
  const path = join(folder, name)
  const db = await openDatabase({ url: `sqlite:${path}` }, { create: true })
  onTestFinished(() => db.destroy())
  return { folder, path, db }
}

const read = (db: Database) => sql`select count(*) from audit`.execute(db)
const write = (db: Database) =>
  inTransaction(db, async (transaction) => {
    await sql`update data set feature_a = 0`.execute(transaction)
  })

const isAway = (task: Promise<unknown>) =>
  task.then(
    () => false,
    (error: unknown) => error instanceof DatabaseUnreachableError,
  )
const isLost = async (db: Database) => {
  // What reads now and then is told a moment later.
  await waitFor(() => isAway(read(db)))
  expect(await isAway(write(db))).toBe(true)
}

describe('an open database is unreachable', () => {
  test('once its file was deleted, and says what to do', async () => {
    const { path, db } = await opened()
    await unlink(path)
    await isLost(db)
    await expect(write(db)).rejects.toThrow(/deleted, moved or replaced.*restart dsapi/)
  })

  test('once another file was put in its place', async () => {
    const { folder, path, db } = await opened()
    const other = await opened('other.sqlite', folder)
    await copyFile(other.path, `${path}.new`)
    await rename(`${path}.new`, path)
    await isLost(db)
  })

  test.each(['-wal', '-shm'])('once its %s was deleted', async (suffix) => {
    const { path, db } = await opened()
    await unlink(path + suffix)
    await isLost(db)
  })

  test('once it was emptied', async () => {
    const { path, db } = await opened()
    await writeFile(path, '')
    await isLost(db)
  })

  test('once a link to it leads elsewhere', async () => {
    const { folder, path, db: first } = await opened()
    const other = await opened('other.sqlite', folder)
    const link = join(folder, 'link.sqlite')
    await symlink(path, link)
    const { db } = await opened('link.sqlite', folder)
    await write(db)
    await unlink(link)
    await symlink(other.path, link)
    await isLost(db)
    await write(first)
  })

  test('while its folder is moved, and no longer when it is moved back', async () => {
    const folder = join(await temporaryFolder(), 'data')
    await mkdir(folder)
    const { db } = await opened('test.sqlite', folder)
    await rename(folder, `${folder}-moved`)
    await isLost(db)
    await rename(`${folder}-moved`, folder)
    await waitFor(async () => !(await isAway(read(db))))
    await write(db)
  })
})

test('a commit into a file that was lost meanwhile counts as not written', async () => {
  const { path, db } = await opened()
  const writing = inTransaction(db, async (transaction) => {
    await sql`update data set feature_a = 0`.execute(transaction)
    await rm(path)
  })
  await expect(writing).rejects.toThrow(DatabaseUnreachableError)
})

test('a database in memory has no file to lose', async () => {
  const db = await openDatabase({ url: 'sqlite::memory:' }, { create: true })
  onTestFinished(() => db.destroy())
  await write(db)
  await read(db)
})

test('the write-ahead log is cut back after a large commit, while the database is open', async () => {
  const { path, db } = await opened()
  const size = async () => (await stat(`${path}-wal`)).size
  const add = (bytes: number) =>
    inTransaction(db, async (transaction) => {
      await sql`insert into job_chunks (job_id, part, position, content, created_at)
        values (${crypto.randomUUID()}, 'input', 0, ${'x'.repeat(bytes)}, 0)`.execute(transaction)
    })
  await add(60_000_000)
  expect(await size()).toBeGreaterThan(50_000_000)
  for (let i = 0; i < 3; i++) await add(1000)
  expect(await size()).toBeLessThan(20_000_000)
})
