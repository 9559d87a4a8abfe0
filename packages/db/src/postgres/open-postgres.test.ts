import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import {
  describeWithPostgres,
  freePort,
  type PostgresServer,
  startPostgres,
  waitFor,
} from '@dsapi/testing'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { migrations } from '../connection/migrate.ts'
import {
  claimNextJobs,
  type Database,
  type DatabaseSettings,
  findJob,
  inTransaction,
  isUnwritable,
  openDatabase,
} from '../index.ts'

const patienceMs = 500

describeWithPostgres('openDatabase on PostgreSQL', () => {
  let server: PostgresServer

  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.stop())

  const opened = async (settings: Partial<DatabaseSettings> = {}): Promise<Database> => {
    const db = await openDatabase({ url: await server.createDatabase(), ...settings })
    onTestFinished(() => db.destroy())
    return db
  }
  const refusalOf = (url: string, connectTimeoutMs = 60_000) =>
    openDatabase({ url, connectTimeoutMs }).then(
      () => expect.fail('It should have been refused'),
      (error: unknown) => error,
    )

  test('a database that is not there is missing, and the message says how to make one', async () => {
    expect(await refusalOf(server.url.replace(/postgres$/, 'nobodys'))).toMatchObject({
      code: 'missing',
      message: expect.stringContaining('createdb'),
    })
  })

  test('a server that is down is named without user and password', async () => {
    const address = `127.0.0.1:${await freePort()}/dsapi`
    const error = await refusalOf(`postgres://me:hunter2@${address}`, patienceMs)
    expect(error).toMatchObject({
      code: 'unusable',
      message: expect.stringContaining(`postgres://${address}`),
    })
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('hunter2')
  })

  test.each([
    [
      'that is not encoded in UTF-8',
      "create database odd encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' template template0",
      /LATIN1.*UTF8/,
    ],
    [
      'that only reads',
      'create database odd; alter database odd set default_transaction_read_only = on',
      /only reads.*default_transaction_read_only/,
    ],
  ])('a database %s is refused, and nothing is made there', async (_, making, message) => {
    for (const statement of making.split('; ')) await server.query(statement)
    onTestFinished(() => server.query('drop database odd with (force)'))
    const url = server.url.replace(/postgres$/, 'odd')
    const error = await refusalOf(url)
    expect(error).toMatchObject({ name: 'DatabaseError', message: expect.stringMatching(message) })
    const client = new pg.Client(url)
    await client.connect()
    const { rows } = await client.query("select 1 from pg_class where relname = 'jobs'")
    await client.end()
    expect(rows).toEqual([])
  })

  test.each([
    [
      'makes no tables',
      'revoke create on schema public from public',
      /permission denied for schema public.*lacks a right/,
    ],
    ['sees no schema', "alter role poor set search_path = ''", /no schema/],
  ])('a user who %s is refused', async (_, limit, message) => {
    const url = await server.createDatabase()
    await server.query('create role poor login')
    const name = url.replace(/.*\//, '')
    const client = new pg.Client(url)
    await client.connect()
    await client.query(limit)
    await client.end()
    onTestFinished(async () => {
      await server.query(`drop database ${name} with (force)`)
      await server.query('drop role poor')
    })
    expect(await refusalOf(url.replace('dsapi@', 'poor@'))).toMatchObject({
      code: 'refused',
      message: expect.stringMatching(message),
    })
  })

  test('a user who may not write into the tables of another is refused by the name of the right', async () => {
    const url = await server.createDatabase()
    await (await openDatabase({ url })).destroy()
    await server.query('create role reader login')
    const client = new pg.Client(url)
    await client.connect()
    await client.query('grant select on all tables in schema public to reader')
    expect(await refusalOf(url.replace('dsapi@', 'reader@'))).toMatchObject({
      code: 'refused',
      message: expect.stringMatching(/lacks INSERT on data.*GRANT/),
    })
    await client.query('grant insert, update, delete on all tables in schema public to reader')
    await (await openDatabase({ url: url.replace('dsapi@', 'reader@') })).destroy()
    await client.query('drop owned by reader')
    await client.end()
    await server.query('drop role reader')
  })

  test("another program's database is refused and left as it was", async () => {
    const url = await server.createDatabase()
    const client = new pg.Client(url)
    await client.connect()
    await client.query('create table jobs (id integer)')
    expect(await refusalOf(url)).toMatchObject({ code: 'foreign' })
    const { rows } = await client.query(
      "select tablename from pg_tables where schemaname = 'public'",
    )
    await client.end()
    expect(rows).toEqual([{ tablename: 'jobs' }])
  })

  test('a database from a newer dsapi is refused', async () => {
    const url = await server.createDatabase()
    const db = await openDatabase({ url })
    await sql`insert into kysely_migration values ('9999-future', '2099-01-01')`.execute(db)
    await db.destroy()
    expect(await refusalOf(url)).toMatchObject({ code: 'newer' })
  })

  test('ten processes may migrate the same empty database at once', async () => {
    const url = await server.createDatabase()
    const script = `
      const { openDatabase } = await import(${JSON.stringify(import.meta.resolve('../index.ts'))})
      const db = await openDatabase({ url: ${JSON.stringify(url)} })
      await db.destroy()`
    const run = promisify(execFile)
    const open = () => run(process.execPath, ['--input-type=module', '--eval', script])
    await Promise.all(Array.from({ length: 10 }, open))
    const db = await openDatabase({ url })
    const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
    await db.destroy()
    expect(rows.map(({ name }) => name)).toEqual(Object.keys(migrations))
  })

  test('no more connections are made than the pool may have', async () => {
    const db = await opened({ poolSize: 2 })
    await Promise.all(Array.from({ length: 20 }, () => sql`select pg_sleep(0.01)`.execute(db)))
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from pg_stat_activity where datname = current_database()`.execute(db)
    expect(rows).toEqual([{ count: 2 }])
  })

  test('a pool that is all in use says so, and not that the server is away', async () => {
    const db = await opened({ poolSize: 1, connectTimeoutMs: patienceMs })
    const held = db.connection().execute(async () => {
      await expect(sql`select 1`.execute(db)).rejects.toThrow('DSAPI_DATABASE_POOL')
    })
    await held
    expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }])
  })

  test('a statement that is wrong is told as it is, and its connection goes on', async () => {
    const db = await opened({ poolSize: 1 })
    const pid = async () => (await sql`select pg_backend_pid() as pid`.execute(db)).rows
    const before = await pid()
    const circular: { self?: unknown } = {}
    circular.self = circular
    await expect(sql`select ${circular}`.execute(db)).rejects.toThrow(TypeError)
    await expect(sql`select nothing`.execute(db)).rejects.toMatchObject({ code: '42703' })
    expect(await pid()).toEqual(before)
  })

  test('a statement that takes too long is ended, and that is no lasting trouble', async () => {
    const db = await opened({ statementTimeoutMs: 100 })
    await expect(sql`select pg_sleep(60)`.execute(db)).rejects.toSatisfy(isUnwritable)
    expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }])
  })

  test('a transaction that is cut off is undone, and the next one has another connection', async () => {
    const db = await opened()
    const begun = db.transaction().execute(async (transaction) => {
      await transaction.updateTable('api_keys').set({ name: 'cut' }).execute()
      await server.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where state = 'idle in transaction'",
      )
      await transaction.updateTable('api_keys').set({ name: 'off' }).execute()
    })
    await expect(begun).rejects.toSatisfy(isUnwritable)
    expect(await db.selectFrom('api_keys').select('name').execute()).toEqual([])
  })

  test('a migration by another process keeps nobody from reading and writing', async () => {
    const url = await server.createDatabase()
    const db = await openDatabase({ url, poolSize: 1 })
    onTestFinished(() => db.destroy())
    const claim = () =>
      inTransaction(db, (transaction) => claimNextJobs(transaction, { now: 1, limit: 1 }))
    const useAll = async () => [await findJob(db, 'a'), await claim()]
    await useAll()
    for (const column of ['one', 'two']) {
      const other = await openDatabase({ url })
      await sql`alter table jobs add column ${sql.ref(column)} text`.execute(other)
      await other.destroy()
      expect(await useAll()).toEqual([undefined, []])
    }
    await sql`alter table jobs add column three text`.execute(db)
    expect(await claim()).toEqual([])
  })

  test('instants and counts are numbers', async () => {
    const db = await opened()
    const { rows } = await sql`select ${Date.UTC(2200, 0)}::bigint as at, count(*) as count
      from jobs`.execute(db)
    expect(rows).toEqual([{ at: Date.UTC(2200, 0), count: 0 }])
  })
})

describeWithPostgres('a PostgreSQL that goes away', () => {
  /** A connection that is open and dead: neither an answer comes nor an end, as when packets are lost. */
  const silenced = async (db: Database) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)
    process.kill(rows[0].pid, 'SIGSTOP')
    onTestFinished(() => void process.kill(rows[0].pid, 'SIGCONT'))
  }

  test('is waited for while it starts anew, with idle connections and without', async () => {
    const server = await startPostgres()
    onTestFinished(server.stop)
    const db = await openDatabase({ url: server.url, connectTimeoutMs: 30_000 })
    onTestFinished(() => db.destroy())
    await server.kill()
    const asked = sql`select 1 as one`.execute(db)
    await server.start()
    expect((await asked).rows).toEqual([{ one: 1 }])
  })

  test('is told as a passing trouble once the patience is over', async () => {
    const server = await startPostgres()
    onTestFinished(server.stop)
    const db = await openDatabase({ url: server.url, connectTimeoutMs: patienceMs })
    onTestFinished(() => db.destroy())
    await server.kill()
    await expect(sql`select 1`.execute(db)).rejects.toSatisfy(isUnwritable)
    await server.start()
    await waitFor(() =>
      sql`select 1`.execute(db).then(
        () => true,
        () => false,
      ),
    )
  })

  test('and does not say so is given up after the time that a statement may take', async () => {
    const server = await startPostgres()
    const db = await openDatabase({ url: server.url, statementTimeoutMs: patienceMs })
    onTestFinished(() => db.destroy())
    onTestFinished(server.stop)
    await silenced(db)
    await expect(sql`select 1`.execute(db)).rejects.toSatisfy(isUnwritable)
    expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }])
  })

  test('is not asked to undo a transaction once it has stopped to answer', async () => {
    const server = await startPostgres()
    onTestFinished(server.stop)
    const db = await openDatabase({ url: server.url, statementTimeoutMs: 4000 })
    onTestFinished(() => db.destroy())
    const begun = performance.now()
    const transaction = db.transaction().execute(async (transaction) => {
      await silenced(transaction)
      await sql`select 1`.execute(transaction)
    })
    await expect(transaction).rejects.toSatisfy(isUnwritable)
    expect(performance.now() - begun).toBeLessThan(2 * 6000) // It waits six seconds for each answer.
  })

  test('does not keep a process from ending', async () => {
    const server = await startPostgres()
    onTestFinished(server.stop)
    const script = `
      const { openDatabase } = await import(${JSON.stringify(import.meta.resolve('../index.ts'))})
      const { sql } = await import(${JSON.stringify(import.meta.resolve('kysely'))})
      const db = await openDatabase({ url: ${JSON.stringify(server.url)} })
      const { rows } = await sql\`select pg_backend_pid() as pid\`.execute(db)
      process.kill(rows[0].pid, 'SIGSTOP')
      console.log(rows[0].pid)
      await db.destroy()`
    const run = promisify(execFile)
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script])
    process.kill(Number(stdout), 'SIGCONT')
  })
})
