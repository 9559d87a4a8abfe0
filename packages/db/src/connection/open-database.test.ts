import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { temporaryFolder } from '@dsapi/testing'
import BetterSqlite3 from 'better-sqlite3'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { migrations } from './migrate.ts'
import { openDatabase } from './open-database.ts'

const freshPath = async () => join(await temporaryFolder(), 'test.sqlite')

const pragma = async (path: string, name: string) => {
  const db = await openDatabase({ url: `sqlite:${path}` })
  const { rows } = await sql.raw<Record<string, unknown>>(`pragma ${name}`).execute(db)
  await db.destroy()
  return Object.values(rows[0] ?? {})[0]
}

describe('openDatabase', () => {
  test('makes the file only where it is asked to', async () => {
    const path = await freshPath()
    await expect(openDatabase({ url: `sqlite:${path}` })).rejects.toMatchObject({ code: 'missing' })
    await (await openDatabase({ url: `sqlite:${path}` }, { create: true })).destroy()
    await (await openDatabase({ url: `sqlite:${path}` })).destroy()
  })

  test.each([
    ['journal_mode', 'wal'],
    ['synchronous', 2],
    ['foreign_keys', 1],
    ['busy_timeout', 10],
  ])('opens with %s = %s', async (name, value) => {
    const path = await freshPath()
    await (await openDatabase({ url: `sqlite:${path}` }, { create: true })).destroy()
    expect(await pragma(path, name)).toBe(value)
  })

  test('a file that is no database is refused and left as it was', async () => {
    const path = await freshPath()
    const content = 'feature_a,feature_b,class\n'.repeat(1000)
    await writeFile(path, content)
    await expect(openDatabase({ url: `sqlite:${path}` }, { create: true })).rejects.toMatchObject({
      code: 'not_a_database',
    })
    expect(await readFile(path, 'utf8')).toBe(content)
  })

  test("another program's database is refused and left as it was", async () => {
    const path = await freshPath()
    const theirs = new BetterSqlite3(path)
    theirs.exec('create table jobs (id integer)')
    theirs.close()
    const before = await readFile(path)
    await expect(openDatabase({ url: `sqlite:${path}` }, { create: true })).rejects.toMatchObject({
      code: 'foreign',
    })
    expect((await readFile(path)).equals(before)).toBe(true)
  })

  test('a database from a newer dsapi is refused', async () => {
    const path = await freshPath()
    const db = await openDatabase({ url: `sqlite:${path}` }, { create: true })
    await sql`insert into kysely_migration values ('9999-future', '2099-01-01')`.execute(db)
    await db.destroy()
    await expect(openDatabase({ url: `sqlite:${path}` })).rejects.toMatchObject({ code: 'newer' })
  })

  test('a path in which no file can be made is refused', async () => {
    const path = join(await temporaryFolder(), 'no', 'such', 'folder.sqlite')
    await expect(openDatabase({ url: `sqlite:${path}` }, { create: true })).rejects.toMatchObject({
      code: 'unusable',
    })
  })

  test('several processes may make and migrate the same database at once', async () => {
    const path = await freshPath()
    const script = `
      const { openDatabase } = await import(${JSON.stringify(import.meta.resolve('../index.ts'))})
      const db = await openDatabase({ url: ${JSON.stringify(`sqlite:${path}`)} }, { create: true })
      await db.destroy()`
    const run = promisify(execFile)
    const processes = Array.from({ length: 6 }, () =>
      run(process.execPath, ['--input-type=module', '--eval', script]),
    )
    await Promise.all(processes)
    const db = await openDatabase({ url: `sqlite:${path}` })
    const { rows } = await sql`select name from kysely_migration`.execute(db)
    await db.destroy()
    expect(rows).toEqual(Object.keys(migrations).map((name) => ({ name })))
  })
})
