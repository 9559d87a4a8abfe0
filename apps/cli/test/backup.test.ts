import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createClient } from '@dsapi/client'
import { sqlitePath } from '@dsapi/db'
import { describeWithProgram, startPostgres, temporaryFolder, waitFor } from '@dsapi/testing'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import {
  dsapi,
  generate,
  makeKey,
  type OwnEnvironment,
  spawnDsapi,
  spawned,
  startHere,
} from './dsapi.ts'

const run = promisify(execFile)
const settings = { PORT: '0', DSAPI_METRICS_PORT: '0', DSAPI_SLOW_SECONDS: '0' }
const features = { feature_a: 1.3, feature_b: -3.2 }

describe('dsapi db backup and restore', () => {
  let folder: string
  let env: OwnEnvironment
  let file: string

  beforeEach(async () => {
    folder = await temporaryFolder()
    file = join(folder, 'backup.sqlite')
    env = {
      ...settings,
      DATABASE_URL: `sqlite:${join(folder, 'one.sqlite')}`,
    }
  })

  test('bring back keys and jobs as they were, and a job that waited at the backup is run', async () => {
    await generate(env)
    const { key } = await makeKey(env)
    const before = await startHere(env)
    const { id } = await createClient({ baseUrl: before.url, apiKey: key }).submit(features)
    expect(await dsapi(env, 'db', 'backup', file)).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/Backed up .* checked, schema 00/),
    })
    const inUse = await dsapi(env, 'db', 'restore', file)
    expect(inUse).toMatchObject({ code: 1, stderr: expect.stringContaining('Stop the servers') })
    await makeKey(env, { name: 'later' })
    await before.stop()

    const restored = await dsapi(env, 'db', 'restore', file, '--json')
    expect(JSON.parse(restored.stdout)).toMatchObject({ file, older: false })
    expect((await dsapi(env, 'keys', 'list')).stdout).not.toContain('later')
    const worker = spawnDsapi(['worker'], env)
    const after = await startHere(env)
    const client = createClient({ baseUrl: after.url, apiKey: key })
    await waitFor(async () => (await client.job(id)).state === 'succeeded')
    worker.kill('SIGINT')
    await worker.ended()
    await after.stop()
  })

  test('bring back a job that was running at the backup, and it runs again', async () => {
    await generate(env)
    const { key } = await makeKey(env)
    const before = await startHere(env)
    const slow = spawnDsapi(['worker'], { ...env, DSAPI_SLOW_SECONDS: '600' })
    const { id } = await createClient({ baseUrl: before.url, apiKey: key }).submit(features)
    const job = (url: string) => createClient({ baseUrl: url, apiKey: key }).job(id)
    await waitFor(async () => (await job(before.url)).state === 'running')
    expect(await dsapi(env, 'db', 'backup', file)).toMatchObject({ code: 0 })
    slow.kill('SIGKILL')
    await slow.ended()
    await before.stop()

    expect(await dsapi(env, 'db', 'restore', file)).toMatchObject({ code: 0 })
    expect(await dsapi(env, 'db', 'check')).toMatchObject({ code: 0 })
    const worker = spawnDsapi(['worker'], env)
    const after = await startHere(env)
    await waitFor(async () => (await job(after.url)).state === 'succeeded')
    expect(await job(after.url)).toMatchObject({ attempts: 2, result: { class: 0 } })
    worker.kill('SIGINT')
    await worker.ended()
    await after.stop()
  })

  test('never replace a backup without --force', async () => {
    await generate(env)
    await dsapi(env, 'db', 'backup', file)
    const again = await dsapi(env, 'db', 'backup', file)
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('--force') })
    expect(await dsapi(env, 'db', 'backup', file, '--force')).toMatchObject({ code: 0 })
  })

  test('make no database where there is none', async () => {
    const { code, stderr } = await dsapi(env, 'db', 'backup', file)
    expect(code).toBe(1)
    expect(stderr).toContain(`There is no database at ${sqlitePath(env.DATABASE_URL)}`)
  })

  test.each([
    ['backup', 'pg_dump'],
    ['restore', 'pg_restore'],
  ])(
    '%s prints the command of %s for PostgreSQL, without the password',
    async (command, program) => {
      const postgres = { ...env, DATABASE_URL: 'postgres://me:hunter2@127.0.0.1:1/dsapi' }
      const { code, stderr } = await dsapi(postgres, 'db', command, 'dsapi.dump')
      expect(code).toBe(1)
      expect(stderr).toContain(`${program} `)
      expect(stderr).not.toContain('hunter2')
    },
  )
})

describeWithProgram('pg_dump', 'postgresql-client')('pg_dump and pg_restore', () => {
  test('bring back a running job of PostgreSQL, and it runs again', async () => {
    const server = await startPostgres()
    onTestFinished(server.stop)
    const folder = await temporaryFolder()
    const file = join(folder, 'dsapi.dump')
    const [url, restored] = [await server.createDatabase(), await server.createDatabase()]
    const env = { ...settings, DATABASE_URL: url }
    await generate(env)
    const { key } = await makeKey(env)
    const before = await startHere(env)
    const slow = spawned(['worker'], { ...env, DSAPI_SLOW_SECONDS: '600' })
    const { id } = await createClient({ baseUrl: before.url, apiKey: key }).submit(features)
    const job = (at: string) => createClient({ baseUrl: at, apiKey: key }).job(id)
    await waitFor(async () => (await job(before.url)).state === 'running')
    await run('pg_dump', ['--format=custom', `--file=${file}`, url])
    slow.kill('SIGKILL')
    await before.stop()

    await run('pg_restore', ['--no-owner', `--dbname=${restored}`, file])
    const copy = { ...env, DATABASE_URL: restored }
    expect(await dsapi(copy, 'db', 'check')).toMatchObject({ code: 0 })
    spawned(['worker'], copy)
    const after = await startHere(copy)
    onTestFinished(() => after.stop())
    await waitFor(async () => (await job(after.url)).state === 'succeeded')
  })
})
