import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { dirname } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { dsapi, type Environment, ownEnvironment } from './dsapi.ts'

let env: Environment
let databasePath: string

beforeEach(async () => {
  env = await ownEnvironment()
  databasePath = env.DATABASE_URL?.replace('sqlite:', '') ?? ''
})

describe('dsapi', () => {
  test.each([
    [[]],
    [['nonsense']],
    [['keys']],
    [['gendb', '--samples', 'many']],
    [['keys', 'create']],
  ])('%j is wrong usage: exit code 2, and help on standard error', async (args) => {
    const { code, stdout, stderr } = await dsapi(env, ...args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/Usage|--help/)
  })

  test.each([
    [[]],
    [['start']],
    [['gendb']],
    [['keys']],
    [['jobs']],
    [['serve']],
    [['worker']],
    [['doctor']],
  ])('%j --help shows examples or commands and exits with 0', async (args) => {
    const { code, stdout } = await dsapi(env, ...args, '--help')
    expect(code).toBe(0)
    expect(stdout).toMatch(/Usage: dsapi/)
    expect(stdout).toMatch(/Example|Exit codes/)
  })

  test('a wrong setting stops it with the variable, the value and what is allowed', async () => {
    const { code, stderr } = await dsapi({ ...env, PORT: 'eighty' }, 'serve')
    expect(code).toBe(1)
    expect(stderr.trim()).toBe(
      'PORT is "eighty", but must be a whole number from 0 to 65535 (0: any free port)',
    )
  })
})

describe('dsapi gendb', () => {
  test('makes the database on an empty folder', async () => {
    const { code, stdout } = await dsapi(env, 'gendb', '--samples', '50', '--seed', '42', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toEqual({
      database: databasePath,
      samples: 50,
      seed: 42,
      model_version: 1,
    })
  })

  test('leaves an existing database as it is and exits with 1', async () => {
    await dsapi(env, 'gendb')
    const before = await readFile(databasePath)
    const { code, stderr } = await dsapi(env, 'gendb', '--seed', '7')
    expect(code).toBe(1)
    expect(stderr).toContain('--force')
    expect((await readFile(databasePath)).equals(before)).toBe(true)
  })

  test('with --force adds a model version and keeps the keys', async () => {
    await dsapi(env, 'gendb')
    await dsapi(env, 'keys', 'create', '--name', 'kept')
    const { code, stderr } = await dsapi(env, 'gendb', '--seed', '7', '--force')
    expect(code).toBe(0)
    expect(stderr).toContain('model version 2')
    expect((await dsapi(env, 'keys', 'list')).stdout).toContain('kept')
  })

  test('with --demo-keys stores the two keys of the example', async () => {
    await dsapi(env, 'gendb', '--demo-keys')
    const { stdout } = await dsapi(env, 'keys', 'list', '--json')
    const keys: { key: string }[] = JSON.parse(stdout)
    expect(keys.map(({ key }) => key).toSorted()).toEqual(['4jp1YQZYB5…XnnW', 'PE1tlZti1T…AAzY'])
  })
})

describe('dsapi keys', () => {
  beforeEach(async () => {
    await dsapi(env, 'gendb')
  })

  test('create prints the key alone, and the database does not hold it', async () => {
    const { code, stdout } = await dsapi(env, 'keys', 'create', '--name', 'mine')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^dsapi_[0-9A-Za-z]{38}\n$/)
    expect((await readFile(databasePath)).includes(stdout.trim())).toBe(false)
  })

  test('list shows the beginning and the end of a key, never the whole', async () => {
    const { stdout: key } = await dsapi(env, 'keys', 'create', '--name', 'mine', '--expires', '90d')
    const { stdout } = await dsapi(env, 'keys', 'list')
    expect(stdout).toContain('mine')
    expect(stdout).toContain('active')
    expect(stdout).toContain(`${key.slice(0, 10)}…${key.trim().slice(-4)}`)
    expect(stdout).not.toContain(key.trim())
  })

  test('revoke ends a key once', async () => {
    const created = await dsapi(env, 'keys', 'create', '--name', 'mine', '--json')
    const { id } = JSON.parse(created.stdout)
    expect((await dsapi(env, 'keys', 'revoke', id)).code).toBe(0)
    expect((await dsapi(env, 'keys', 'list')).stdout).toContain('revoked')
    expect((await dsapi(env, 'keys', 'revoke', id)).code).toBe(1)
  })

  test('a span of time that is none is wrong usage', async () => {
    const args = ['keys', 'create', '--name', 'x', '--expires', 'soon']
    expect((await dsapi(env, ...args)).code).toBe(2)
  })
})

describe('what cannot start says so in one line, exits with 1 and damages nothing', () => {
  const commands = ['start', 'serve', 'worker', 'gendb']
  const oneLine = (text: string) => expect(text.trim().split('\n')).toHaveLength(1)

  test.each(commands)('%s, on a file that is no database', async (command) => {
    await writeFile(databasePath, 'id,name\n'.repeat(500))
    const { code, stderr } = await dsapi(env, command)
    expect(code).toBe(1)
    oneLine(stderr)
    expect(stderr).toContain('is not a SQLite database')
    expect(await readFile(databasePath, 'utf8')).toBe('id,name\n'.repeat(500))
  })

  test.each(['start', 'gendb'])('%s, in a folder that cannot be written', async (command) => {
    await mkdir(dirname(databasePath), { recursive: true })
    const { code, stderr } = await dsapi({ ...env, DATABASE_URL: 'sqlite:/proc/dsapi' }, command)
    expect(code).toBe(1)
    oneLine(stderr)
    expect(stderr).toContain('cannot be opened for writing')
  })

  test.each(['serve', 'worker'])('%s, without a database', async (command) => {
    const { code, stderr } = await dsapi(env, command)
    expect(code).toBe(1)
    oneLine(stderr)
    expect(stderr).toContain('dsapi gendb')
  })

  test.each(['start', 'serve'])('%s, on a port in use', async (command) => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    onTestFinished(() => void other.close())
    const { port } = other.address() as AddressInfo
    await dsapi(env, 'gendb')
    const { code, stdout, stderr } = await dsapi({ ...env, PORT: String(port) }, command)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    oneLine(stderr)
    expect(stderr).toContain(`Port ${port} on 127.0.0.1 is in use`)
  })
})

describe('dsapi doctor', () => {
  test('finds nothing wrong with a database that has a model and a key', async () => {
    await dsapi(env, 'gendb')
    await dsapi(env, 'keys', 'create', '--name', 'mine')
    const { code, stdout } = await dsapi(env, 'doctor', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout).every(({ ok }: { ok: boolean }) => ok)).toBe(true)
  })

  test('says what to do about what is wrong', async () => {
    const { code, stdout } = await dsapi({ ...env, REDIS_URL: 'redis://127.0.0.1:1' }, 'doctor')
    expect(code).toBe(1)
    expect(stdout).toMatch(/✗ database .*dsapi gendb/)
    expect(stdout).toMatch(/✗ Redis .*start it/)
  })

  test('does not wait for a program that listens on the port and says nothing', async () => {
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    onTestFinished(() => void silent.close())
    const { port } = silent.address() as AddressInfo
    const url = `redis://127.0.0.1:${port}`
    const { stdout } = await dsapi({ ...env, PORT: String(port), REDIS_URL: url }, 'doctor')
    expect(stdout).toMatch(/✗ Redis .*does not answer/)
    expect(stdout).toMatch(/✗ port .*in use by another program/)
  })

  test('does not make the database that it looks for', async () => {
    await dsapi(env, 'doctor')
    await expect(readFile(databasePath)).rejects.toThrow('ENOENT')
  })
})
