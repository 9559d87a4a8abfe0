import { join } from 'node:path'
import { createClient } from '@dsapi/client'
import { sqlitePath } from '@dsapi/db'
import { temporaryFolder, waitFor } from '@dsapi/testing'
import { beforeEach, describe, expect, test } from 'vitest'
import { dsapi, generate, makeKey, type OwnEnvironment, spawnDsapi, startHere } from './dsapi.ts'

const features = { feature_a: 1.3, feature_b: -3.2 }

describe('dsapi db backup and restore', () => {
  let folder: string
  let env: OwnEnvironment
  let file: string

  beforeEach(async () => {
    folder = await temporaryFolder()
    file = join(folder, 'backup.sqlite')
    env = {
      ...{ PORT: '0', DSAPI_METRICS_PORT: '0', DSAPI_SLOW_SECONDS: '0' },
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
