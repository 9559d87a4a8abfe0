import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { link, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryFolder } from '@dsapi/testing'
import BetterSqlite3 from 'better-sqlite3'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { backupSqlite, type Database, openDatabase } from '../../src/index.ts'

const fill = (db: Database, rows: number) =>
  db
    .insertInto('data')
    .values(
      Array.from({ length: rows }, (_, index) => ({ feature_a: index, feature_b: 1, class: 1 })),
    )
    .execute()

const countIn = (path: string): unknown => {
  const db = new BetterSqlite3(path, { readonly: true })
  const count = db.prepare('select count(*) from data').pluck().get()
  db.close()
  return count
}

describe('a backup of SQLite', () => {
  let folder: string
  let path: string
  let file: string
  let db: Database

  beforeEach(async () => {
    folder = await temporaryFolder()
    path = join(folder, 'one.sqlite')
    file = join(folder, 'backup.sqlite')
    db = await openDatabase({ url: `sqlite:${path}` }, { create: true })
    onTestFinished(() => db.destroy())
    await fill(db, 100)
  })

  test('holds what is in the log, is one file, and is readable for its user alone', async () => {
    const { bytes, version } = await backupSqlite(path, file)
    expect(countIn(file)).toBe(100)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await stat(file)).size).toBe(bytes)
    expect(version).toMatch(/^\d{4}-/)
    expect((await readdir(folder)).filter((name) => name.startsWith('backup'))).toEqual([
      'backup.sqlite',
    ])
  })

  test('ends while another process writes without a pause, and holds one moment', async () => {
    await db
      .insertInto('console_codes')
      .values({
        ...{ sha256: 'x', created_by: 'x'.repeat(20 * 2 ** 20), expires_at: 1 }, // Several steps.
      })
      .execute()
    const writer = spawn(process.execPath, ['-e', writeForever, path], { cwd: import.meta.dirname })
    onTestFinished(() => void writer.kill('SIGKILL'))
    await once(writer.stdout, 'data')
    await backupSqlite(path, file)
    expect(writer.exitCode).toBeNull()
    const copy = new BetterSqlite3(file, { readonly: true })
    const sums = copy
      .prepare('select count(*) as rows, sum(feature_b) as pairs from data where class = 7')
      .get()
    copy.close()
    expect(sums).toMatchObject({ pairs: 0 })
  })

  test('does not migrate the database', async () => {
    db.destroy()
    const raw = new BetterSqlite3(path)
    raw.exec("delete from kysely_migration where name >= '0010'")
    raw.close()
    expect((await backupSqlite(path, file)).version).toMatch(/^0009/)
  })

  test('never replaces a file without being asked to', async () => {
    await writeFile(file, 'mine')
    await expect(backupSqlite(path, file)).rejects.toMatchObject({ code: 'exists' })
    expect(await readFile(file, 'utf8')).toBe('mine')
    await backupSqlite(path, file, { force: true })
    expect(countIn(file)).toBe(100)
  })

  test.each(['', '-wal', '-shm', '-journal'])(
    'is refused where it would be the database%s',
    async (suffix) => {
      await expect(backupSqlite(path, path + suffix, { force: true })).rejects.toMatchObject({
        code: 'unsuitable',
      })
      expect(countIn(path)).toBe(100)
    },
  )

  test('is refused where it would be the database under another name', async () => {
    await link(path, file)
    await expect(backupSqlite(path, file, { force: true })).rejects.toMatchObject({
      code: 'unsuitable',
    })
    expect(countIn(path)).toBe(100)
  })

  test('says that a folder is missing, or is what was named', async () => {
    await expect(backupSqlite(path, join(folder, 'none', 'a.sqlite'))).rejects.toThrow(/mkdir -p/)
    await mkdir(file)
    await expect(backupSqlite(path, file, { force: true })).rejects.toThrow(/is a folder/)
    await expect(backupSqlite(join(folder, 'none.sqlite'), file)).rejects.toThrow(/no database/)
  })

  test('leaves nothing behind when it is aborted', async () => {
    const signal = AbortSignal.abort(new Error('interrupted'))
    await expect(backupSqlite(path, file, { signal })).rejects.toThrow('interrupted')
    expect((await readdir(folder)).filter((name) => name.startsWith('backup'))).toEqual([])
  })

  test('removes what a killed backup has left', async () => {
    const child = spawn('true')
    await once(child, 'close')
    await writeFile(`${file}.partial-${child.pid}`, 'half')
    await backupSqlite(path, file)
    expect((await readdir(folder)).filter((name) => name.includes('partial'))).toEqual([])
  })

  test('refuses a database of another program', async () => {
    const other = join(folder, 'other.sqlite')
    const raw = new BetterSqlite3(other)
    raw.exec('create table a (b)')
    raw.close()
    await expect(backupSqlite(other, file)).rejects.toThrow(/not a database of dsapi/)
  })
})

/** Each transaction adds two rows whose sum is 0. */
const writeForever = `
  const db = new (require('better-sqlite3'))(process.argv[1], { timeout: 5000 })
  db.pragma('synchronous = off')
  const insert = db.prepare('insert into data (feature_a, feature_b, class) values (1, ?, 7)')
  const pair = db.transaction(() => { insert.run(1); insert.run(-1) })
  for (let count = 0; ; count++) { pair(); if (count === 10) console.log('writing') }
`
