import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { createClient } from '@dsapi/client'
import {
  describeWithPostgres,
  freePort,
  type PostgresServer,
  startPostgres,
  temporaryFolder,
  waitFor,
} from '@dsapi/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  dsapi,
  dsapiProcess,
  type Environment,
  generate,
  makeKey,
  type OwnEnvironment,
  serveHere,
  spawned,
} from './dsapi.ts'

const settings = { PORT: '0', DSAPI_SLOW_SECONDS: '0' }
const features = { feature_a: 1.3, feature_b: -3.2 }

const statusOf = async (url: string, key: string) =>
  (await fetch(`${url}/predict/feature_a/1/feature_b/1`, { headers: { 'x-api-key': key } })).status

const serve = async (env: Environment) => {
  const child = spawned(['serve'], env)
  return { ...child, url: await child.says(/Listening on (http:[^"]+)/) }
}

const startWorker = async (env: Environment) => {
  const worker = spawned(['worker'], env)
  await worker.says(/Waiting for jobs/)
  return worker
}

const stop = async (child: Awaited<ReturnType<typeof startWorker>>) => {
  child.kill('SIGTERM')
  await child.ended()
}

describeWithPostgres('dsapi db', () => {
  let server: PostgresServer
  let folder: string
  let path: string
  let sqlite: OwnEnvironment
  let postgres: OwnEnvironment

  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.stop())
  beforeEach(async () => {
    folder = await temporaryFolder()
    path = join(folder, 'one.sqlite')
    sqlite = { ...settings, DATABASE_URL: `sqlite:${path}` }
    postgres = { ...settings, DATABASE_URL: await server.createDatabase() }
  })

  const createKey = async (...args: string[]): Promise<{ id: string; key: string }> => {
    const { stdout, stderr, code } = await dsapi(sqlite, 'keys', ...args, '--json')
    if (code !== 0) throw new Error(stderr)
    return JSON.parse(stdout)
  }
  const copy = (...args: string[]) => dsapi(postgres, 'db', 'copy', ...args)

  describe('copy', () => {
    test('moves a server: the same keys, the same model, the results of its jobs, and those that wait are run', async () => {
      await generate(sqlite)
      const { key } = await makeKey(sqlite)
      const rotated = await createKey('create', '--name', 'old', '--quota', '1000')
      const successor = await createKey('rotate', rotated.id)
      const revoked = await createKey('create', '--name', 'bad')
      await dsapi(sqlite, 'keys', 'revoke', revoked.id)

      const one = await serve(sqlite)
      const before = createClient({ baseUrl: one.url, apiKey: key })
      const worker = await startWorker(sqlite)
      const done = (await before.submit(features)).id
      const batch = (
        await before.submitBatch('feature_a,feature_b\n1,1\n-1,2\n', { type: 'text/csv' })
      ).id
      await waitFor(async () => (await before.job(batch)).state === 'succeeded')
      const result = await before.wait(done)
      const lines = await text(await before.result(batch))
      await stop(worker)
      const waiting = (await before.submit(features)).id
      const served = (
        await fetch(`${one.url}/predict/feature_a/1/feature_b/1`, { headers: { 'x-api-key': key } })
      ).headers.get('x-model-version')
      const history = await dsapi(sqlite, 'keys', 'audit', '--json')
      const keys = await dsapi(sqlite, 'keys', 'list', '--json')
      await stop(one)

      expect(await copy('--from', `sqlite:${path}`)).toMatchObject({ code: 0 })

      const many = { url: await serveHere(postgres) }
      const after = createClient({ baseUrl: many.url, apiKey: key })
      expect(await statusOf(many.url, key)).toBe(200)
      expect(await statusOf(many.url, rotated.key)).toBe(200)
      expect(await statusOf(many.url, successor.key)).toBe(200)
      expect(await statusOf(many.url, revoked.key)).toBe(401)
      const answer = await fetch(`${many.url}/predict/feature_a/1/feature_b/1`, {
        headers: { 'x-api-key': key },
      })
      expect(answer.headers.get('x-model-version')).toBe(served)
      expect(await after.wait(done)).toEqual(result)
      expect(await text(await after.result(batch))).toBe(lines)
      expect(await dsapi(postgres, 'keys', 'audit', '--json')).toEqual(history)
      const withoutUse = (text: string) =>
        JSON.parse(text).map((one: object) => ({ ...one, last_used_at: null }))
      expect(withoutUse((await dsapi(postgres, 'keys', 'list', '--json')).stdout)).toEqual(
        withoutUse(keys.stdout),
      )
      await startWorker(postgres)
      expect(await after.wait(waiting, { signal: AbortSignal.timeout(20_000) })).toEqual(result)
      expect(await dsapi(postgres, 'keys', 'create', '--name', 'new')).toMatchObject({ code: 0 })
    })

    test('tells how it goes on, and prints each table with its rows and hash', async () => {
      await generate(sqlite)
      const { code, stdout, stderr } = await copy('--from', `sqlite:${path}`)
      expect(code).toBe(0)
      expect(stdout).toMatch(/^data +100 +[0-9a-f]{12} +✓$/m)
      expect(stderr).toMatch(/^Copying +model_audit .*100 %.* 105 of 105 rows/m)
      expect(stderr).toMatch(/Copied 105 rows in .*\n\n.*DATABASE_URL/)
      expect(stderr).not.toContain('ATTENTION')
      const again = await copy('--from', `sqlite:${path}`)
      expect(again.code).toBe(0)
      expect(again.stderr).toContain('This copy was finished at')
    })

    test('tells that a server still has the old file open', async () => {
      await generate(sqlite)
      await serveHere(sqlite)
      const { code, stderr } = await copy('--from', `sqlite:${path}`)
      expect(code).toBe(0)
      expect(stderr).toMatch(/ATTENTION: another process has .*one\.sqlite open/)
    })

    test('prints the same as JSON', async () => {
      await generate(sqlite)
      const { stdout } = await copy('--from', `sqlite:${path}`, '--json')
      const data = { rows: 100, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }
      expect(JSON.parse(stdout)).toMatchObject({
        ...{ from: path, ok: true, rows_written: 105, changed: [], from_still_open: false },
        tables: expect.arrayContaining([{ table: 'data', source: data, target: data, same: true }]),
      })
    })

    test('refuses a database that is in use, and says what it holds', async () => {
      await generate(sqlite)
      await generate(postgres)
      await makeKey(postgres)
      const before = await dsapi(postgres, 'keys', 'list', '--json')
      const { code, stdout, stderr } = await copy('--from', `sqlite:${path}`)
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toMatch(/cannot be copied into\. .*api_keys 1.*models 1.*createdb/)
      expect(await dsapi(postgres, 'keys', 'list', '--json')).toEqual(before)
    })

    test('wrong usage is told with what would be right', async () => {
      expect(await copy()).toMatchObject({ code: 2, stderr: expect.stringContaining('--from') })
      expect(await copy('--from', 'one.sqlite')).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('sqlite:PATH'),
      })
      const to = (url: string) => copy('--from', `sqlite:${path}`, '--to', url)
      expect(await to(`sqlite:${path}`)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('postgres://'),
      })
      expect(await dsapi(sqlite, 'db', 'copy', '--from', `sqlite:${path}`)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('DATABASE_URL=postgres://'),
      })
    })

    test.each([
      ['--to', 'postgres:me:hunter2@h/db'],
      ['--to', 'mysql://me:hunter2@h/db'],
      ['--from', 'postgres://me:hunter2@h/db'],
    ])('a password in a %s that is wrong is not repeated: %s', async (option, url) => {
      const { code, stdout, stderr } = await copy('--from', `sqlite:${path}`, option, url)
      expect(code).toBe(2)
      expect(stdout + stderr).not.toContain('hunter2')
    })

    test('what is no database of dsapi is told, not DATABASE_URL', async () => {
      const from = (name: string) => copy('--from', `sqlite:${join(folder, name)}`)
      expect((await from('none.sqlite')).stderr).toMatch(/none\.sqlite: There is no such file/)
      await writeFile(join(folder, 'a.csv'), 'feature_a,feature_b,class\n'.repeat(1000))
      const { code, stderr } = await from('a.csv')
      expect(code).toBe(1)
      expect(stderr).toMatch(/a\.csv: It is not a SQLite database/)
      expect(stderr).not.toContain('DATABASE_URL')
    })

    test('a server that is down is named, without its password', async () => {
      await generate(sqlite)
      const to = `postgres://me:hunter2@127.0.0.1:${await freePort()}/dsapi`
      const env = { ...postgres, DSAPI_DATABASE_CONNECT_SECONDS: '0.2', DATABASE_URL: to }
      const { code, stderr } = await dsapi(env, 'db', 'copy', '--from', `sqlite:${path}`)
      expect(code).toBe(1)
      expect(stderr).toContain('Start the server')
      expect(stderr).not.toContain('hunter2')
    })

    test('a worker that is at work is told to be stopped', async () => {
      await generate(sqlite)
      const { key } = await makeKey(sqlite)
      const worker = await startWorker({ ...sqlite, DSAPI_SLOW_SECONDS: '60' })
      await createClient({ baseUrl: await serveHere(sqlite), apiKey: key }).submit(features)
      await worker.says(/Job begun/)
      const { code, stderr } = await copy('--from', `sqlite:${path}`)
      expect(code).toBe(1)
      expect(stderr).toMatch(/one\.sqlite cannot be copied\. A worker .* Stop the servers/)
      worker.kill('SIGKILL') // It would wait for the job, ten seconds long.
    })
  })

  describe('migrate', () => {
    const migrate = () => dsapiProcess(postgres, 'db', 'migrate', '--json')

    test('five at once on an empty database succeed, and each migration is run once', async () => {
      const ended = await Promise.all(Array.from({ length: 5 }, migrate))
      expect(ended.map(({ code }) => code)).toEqual(Array.from({ length: 5 }, () => 0))
      const told = ended.map(({ stdout }) => JSON.parse(stdout))
      const ran: string[] = told.flatMap((one) => one.ran)
      expect(ran.length).toBeGreaterThan(4)
      expect(new Set(ran).size).toBe(ran.length)
      expect(new Set(told.map((one) => one.version))).toEqual(new Set([ran.at(-1)]))
    })

    test('says what it has done, and that nothing was to be done', async () => {
      const words = async () => (await dsapi(postgres, 'db', 'migrate')).stderr
      expect(await words()).toMatch(/^Migrated postgres:.*: 0001-initial, /)
      expect(await words()).toMatch(/is up to date: 00/)
    })

    test('makes no file for SQLite where there is none', async () => {
      expect(await dsapi(sqlite, 'db', 'migrate')).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('dsapi gendb'),
      })
    })
  })
})
