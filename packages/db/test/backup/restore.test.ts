import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryFolder } from '@dsapi/testing'
import BetterSqlite3 from 'better-sqlite3'
import { beforeEach, describe, expect, test } from 'vitest'
import { backupSqlite, findLastMigration, openDatabase, restoreSqlite } from '../../src/index.ts'
import { openEarlier } from '../open-earlier.ts'

const now = Date.UTC(2026, 10, 27, 3, 42, 55)

describe('a restore of SQLite', () => {
  let folder: string
  let path: string
  let file: string

  const open = (create = false) => openDatabase({ url: `sqlite:${path}` }, { create })
  const add = async (value: number) => {
    await using db = await open()
    await db.insertInto('data').values({ feature_a: value, feature_b: 1, class: 1 }).execute()
  }
  const values = async () => {
    await using db = await open()
    return (await db.selectFrom('data').select('feature_a').execute()).map((row) => row.feature_a)
  }

  beforeEach(async () => {
    folder = await temporaryFolder()
    path = join(folder, 'one.sqlite')
    file = join(folder, 'backup.sqlite')
    await (await open(true)).destroy()
    await add(1)
    await backupSqlite(path, file)
    await add(2)
  })

  test('brings back what the backup holds, and keeps the database of before', async () => {
    const before = await readFile(file)
    const { kept, isOlder } = await restoreSqlite(path, file, { now })
    expect(await values()).toEqual([1])
    expect(isOlder).toBe(false)
    expect(kept).toBe(`${path}.before-restore-2026-11-27T03-42-55.000Z`)
    const old = new BetterSqlite3(kept ?? '', { readonly: true })
    expect(old.prepare('select feature_a from data').pluck().all()).toEqual([1, 2])
    old.close()
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(await readFile(file)).toEqual(before)
  })

  test('makes the database where there is none', async () => {
    path = join(folder, 'two.sqlite')
    expect(await restoreSqlite(path, file, { now })).toMatchObject({ kept: undefined })
    expect(await values()).toEqual([1])
  })

  test('is refused while another process has the database open', async () => {
    {
      await using _ = await open()
      await expect(restoreSqlite(path, file, { now })).rejects.toMatchObject({ code: 'in_use' })
    }
    expect(await values()).toEqual([1, 2])
    expect(await readdir(folder)).toEqual(['backup.sqlite', 'one.sqlite'])
  })

  test('takes the place of a damaged database and of its log', async () => {
    await writeFile(path, 'no database at all, but many words'.repeat(1000))
    await writeFile(`${path}-wal`, 'old log')
    const { kept } = await restoreSqlite(path, file, { now })
    expect(await values()).toEqual([1])
    expect(await readFile(`${kept}-wal`, 'utf8')).toBe('old log')
  })

  test('migrates an older backup at the next start', async () => {
    path = join(folder, 'older.sqlite')
    await (await openEarlier('0008-key-models', `sqlite:${path}`)).destroy()
    const older = join(folder, 'older-backup.sqlite')
    expect(await backupSqlite(path, older)).toMatchObject({ version: '0008-key-models' })
    expect(await restoreSqlite(path, older, { now })).toMatchObject({ isOlder: true })
    await using db = await open()
    expect(await findLastMigration(db)).not.toBe('0008-key-models')
  })

  test('refuses the backup of a newer dsapi', async () => {
    const raw = new BetterSqlite3(file)
    raw.exec("insert into kysely_migration (name, timestamp) values ('9999-later', '')")
    raw.close()
    await expect(restoreSqlite(path, file, { now })).rejects.toThrow(/newer version.*9999-later/)
    expect(await values()).toEqual([1, 2])
  })

  test.each([
    ['a text', () => writeFile(file, 'not a database'.repeat(500)), 'damaged'],
    ['an empty file', () => writeFile(file, ''), 'unsuitable'],
    [
      'a damaged backup',
      async () => {
        const bytes = await readFile(file)
        await writeFile(file, bytes.fill(0xff, 8192))
      },
      'damaged',
    ],
    ['a database in use', () => writeFile(`${file}-wal`, 'log'), 'unsuitable'],
  ])('refuses %s and leaves the database as it was', async (_, spoil, code) => {
    await spoil()
    await expect(restoreSqlite(path, file, { now })).rejects.toMatchObject({ code })
    expect(await values()).toEqual([1, 2])
    expect((await readdir(folder)).filter((name) => name.startsWith('one'))).toEqual(['one.sqlite'])
  })

  test('refuses the database itself and a file that is not there', async () => {
    await expect(restoreSqlite(path, path, { now })).rejects.toThrow(/the database itself/)
    await expect(restoreSqlite(path, join(folder, 'none'), { now })).rejects.toThrow(/no file/)
  })
})
