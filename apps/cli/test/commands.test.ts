import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { nameOfDatabase } from '@dsapi/db'
import { contentOf, describeOnPostgres, describeOnSqlite, engine } from '@dsapi/testing'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import {
  blankEnvironment,
  dsapi,
  dsapiProcess,
  generate,
  makeKey,
  type OwnEnvironment,
  ownEnvironment,
  spawnDsapi,
  startHere,
} from './dsapi.ts'

let env: OwnEnvironment
/** The path of SQLite's file. */
let databasePath: string

beforeEach(async () => {
  env = await ownEnvironment()
  databasePath = env.DATABASE_URL.replace('sqlite:', '')
})

const listening = async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

describeOnSqlite('dsapi', () => {
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

  test.each([
    [0, ['docs', '--json']],
    [1, ['model', 'show']],
    [1, ['doctor']],
    [2, ['keys', 'list', '--limit', '1']],
    [2, ['model', 'fit', '--label', 'y']],
  ])('a process ends with the code %d and the output of the command: %j', async (code, args) => {
    const settings = { ...env, LOG_LEVEL: args[0] === 'doctor' ? 'loud' : 'info' }
    const ended = await dsapiProcess(settings, ...args)
    expect(ended).toEqual(await dsapi(settings, ...args))
    expect(ended.code).toBe(code)
  })

  test('a misspelt command or option is answered with the right one', async () => {
    const { stderr } = await dsapi(env, 'key', 'list')
    expect(stderr).toMatch(/unknown command 'key'\n\(Did you mean keys\?\)/)
    const option = await dsapi(env, 'keys', 'list', '--jsn')
    expect(option.stderr).toMatch(
      /unknown option '--jsn'\n\(Did you mean --json\?\)\nFor help: dsapi keys list --help/,
    )
  })

  test('a span of time has its default in the help as one would write it', async () => {
    const { stdout } = await dsapi(env, 'keys', 'rotate', '--help')
    expect(stdout).toMatch(/24h, 30m, 1s \(default:\s+24h\)/)
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
  test('makes the database where there is none', async () => {
    const { code, stdout } = await dsapi(env, 'gendb', '--samples', '50', '--seed', '42', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toEqual({
      database: nameOfDatabase(env.DATABASE_URL),
      samples: 50,
      seed: 42,
      model_version: 1,
    })
  })

  test('leaves an existing database as it is and exits with 1', async () => {
    await generate(env)
    const before = await contentOf(env.DATABASE_URL)
    const { code, stderr } = await dsapi(env, 'gendb', '--seed', '7')
    expect(code).toBe(1)
    expect(stderr).toContain('--force')
    expect(await contentOf(env.DATABASE_URL)).toBe(before)
  })

  test('with --force adds a model version and keeps the keys', async () => {
    await generate(env)
    await makeKey(env, { name: 'kept' })
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
    await generate(env)
  })

  test('create prints the key alone, and the database does not hold it', async () => {
    const { code, stdout } = await dsapi(env, 'keys', 'create', '--name', 'mine')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^dsapi_[0-9A-Za-z]{38}\n$/)
    expect(await contentOf(env.DATABASE_URL)).not.toContain(stdout.trim())
  })
})

describeOnSqlite('dsapi keys', () => {
  beforeEach(async () => {
    await generate(env)
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
})

const oneLine = (text: string) => expect(text.trim().split('\n')).toHaveLength(1)

describeOnSqlite('what cannot start says so in one line, exits with 1 and damages nothing', () => {
  test.each(['start', 'serve', 'worker', 'gendb'])(
    '%s, on a file that is no database',
    async (command) => {
      await writeFile(databasePath, 'id,name\n'.repeat(500))
      const { code, stderr } = await dsapi(env, command)
      expect(code).toBe(1)
      oneLine(stderr)
      expect(stderr).toContain('is not a SQLite database')
      expect(await readFile(databasePath, 'utf8')).toBe('id,name\n'.repeat(500))
    },
  )

  test.each(['start', 'gendb'])('%s, in a folder that cannot be written', async (command) => {
    const { code, stderr } = await dsapi({ ...env, DATABASE_URL: 'sqlite:/proc/dsapi' }, command)
    expect(code).toBe(1)
    oneLine(stderr)
    expect(stderr).toContain('cannot be opened for writing')
  })

  test.each(['start', 'serve'])('%s, on a port in use', async (command) => {
    const port = await listening()
    await generate(env)
    const { code, stdout, stderr } = await dsapi({ ...env, PORT: String(port) }, command)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    oneLine(stderr)
    expect(stderr).toContain(`Port ${port} on 127.0.0.1 is in use`)
  })
})

describe('where nothing has been made yet', () => {
  test.each([['serve'], ['worker'], ['model', 'show']])(
    '%s says in one line what to do, and exits with 1',
    async (...args) => {
      const { code, stderr } = await dsapi(env, ...args)
      expect(code).toBe(1)
      oneLine(stderr)
      expect(stderr).toContain('dsapi gendb')
    },
  )
})

describeOnPostgres('a PostgreSQL that cannot be used', () => {
  /** The same server, with a password that it does not ask for. */
  const withPassword = () => env.DATABASE_URL.replace('dsapi@', 'dsapi:hunter2@')
  const away = () => ({
    ...env,
    DATABASE_URL: 'postgres://dsapi:hunter2@127.0.0.1:1/dsapi',
    DSAPI_DATABASE_CONNECT_SECONDS: '0.2',
  })

  test.each([['start'], ['worker'], ['jobs', 'stats']])(
    'is told of by %s in one line, without its password',
    async (...args) => {
      const { code, stdout, stderr } = await dsapi(away(), ...args)
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      oneLine(stderr)
      expect(stderr).toContain('The database postgres://127.0.0.1:1/dsapi cannot be used')
      expect(stderr).toContain('Start the server, or correct DATABASE_URL')
      expect(stderr).not.toContain('hunter2')
    },
  )

  test('may be one that is not there', async () => {
    const url = withPassword().replace(/[^/]+$/, 'nowhere')
    const { code, stderr } = await dsapi({ ...env, DATABASE_URL: url }, 'start')
    expect(code).toBe(1)
    oneLine(stderr)
    expect(stderr).toContain('There is no such database. Make it: createdb')
    expect(stderr).not.toContain('hunter2')
  })

  test('is told of by the doctor, once', async () => {
    const { code, stdout, stderr } = await dsapi(away(), 'doctor')
    expect(code).toBe(1)
    expect(stdout).toMatch(/✗ database .*127\.0\.0\.1:1\/dsapi cannot be used .*Start the server/)
    expect(stdout).toMatch(/✗ model +not checked, because the database cannot be used/)
    expect(stdout + stderr).not.toContain('hunter2')
  })

  test('has no password in what a server, a worker and the doctor say of one that can', async () => {
    const secret = { ...env, DATABASE_URL: withPassword(), LOG_LEVEL: 'trace' }
    await generate(env)
    const server = spawnDsapi(['start', '--processes', '1'], secret)
    await server.says(/dsapi listens on/)
    server.kill('SIGTERM')
    const said = [await server.ended(), await dsapi(secret, 'doctor', '--json')]
    expect(JSON.stringify(said)).toContain(nameOfDatabase(env.DATABASE_URL))
    expect(JSON.stringify(said)).not.toContain('hunter2')
  })
})

describe('dsapi doctor', () => {
  test('finds nothing wrong with a database that has a model and a key', async () => {
    await generate(env)
    await makeKey(env)
    const { code, stdout } = await dsapi(env, 'doctor', '--json')
    expect(code).toBe(0)
    const checks: { part: string; ok: boolean; says: string }[] = JSON.parse(stdout)
    expect(checks.filter(({ ok }) => !ok)).toEqual([])
    const says = Object.fromEntries(checks.map(({ part, says }) => [part, says]))
    expect(says.database).toContain(nameOfDatabase(env.DATABASE_URL))
    if (engine() === 'sqlite') return
    expect(says.database).toMatch(/, PostgreSQL \d+[^,]*, without TLS$/)
    expect(says.Redis).toContain('LISTEN/NOTIFY')
    expect(says.Redis).toContain('each host has its own rate limits')
  })

  test('says what to do about what is wrong', async () => {
    const { code, stdout } = await dsapi({ ...env, REDIS_URL: 'redis://127.0.0.1:1' }, 'doctor')
    expect(code).toBe(1)
    expect(stdout).toMatch(/✗ (database|model) .*dsapi gendb/)
    expect(stdout).toMatch(/✗ Redis .*start it/)
  })
})

describeOnSqlite('dsapi doctor', () => {
  test('does not wait for a program that listens on the port and says nothing', async () => {
    const port = await listening()
    const url = `redis://127.0.0.1:${port}`
    const { stdout } = await dsapi({ ...env, PORT: String(port), REDIS_URL: url }, 'doctor')
    expect(stdout).toMatch(/✗ Redis .*does not answer/)
    expect(stdout).toMatch(/✗ port .*in use by another program/)
  })

  test('says where the metrics are, or that their port is taken', async () => {
    const port = await listening()
    const taken = await dsapi({ ...env, DSAPI_METRICS_PORT: String(port) }, 'doctor')
    expect(taken.stdout).toMatch(/✗ metrics .*in use by another program.*DSAPI_METRICS_PORT=/)
    await generate(env)
    const api = await startHere(env)
    onTestFinished(() => api.stop())
    const own = new URL(api.metricsUrl ?? '').port
    const running = await dsapi({ ...env, DSAPI_METRICS_PORT: own }, 'doctor')
    expect(running.stdout).toContain(`✓ metrics   ${own} on 127.0.0.1: dsapi answers there`)
    const off = await dsapi({ ...env, DSAPI_METRICS_PORT: 'off' }, 'doctor')
    expect(off.stdout).toContain('✓ metrics   off')
  })

  test('says that few files may be open', async () => {
    const main = new URL('../src/main.js', import.meta.url).pathname
    const { stdout } = spawnSync(
      'sh',
      ['-c', 'ulimit -n 200 && exec "$0" "$1" doctor', process.execPath, main],
      { encoding: 'utf8', env: { PATH: process.env.PATH, ...env } },
    )
    expect(stdout).toMatch(/✗ files +Only 200 files may be open.*LimitNOFILE/)
  })

  test('does not make the database that it looks for', async () => {
    const blank = await blankEnvironment()
    await dsapi(blank, 'doctor')
    await expect(readFile(blank.DATABASE_URL.replace('sqlite:', ''))).rejects.toThrow('ENOENT')
  })
})

describeOnSqlite('dsapi docs', () => {
  test('prints where a server shows the documentation, and where its pages are', async () => {
    const { code, stdout } = await dsapi(
      { ...env, PORT: '8123', HOST: '0.0.0.0' },
      'docs',
      '--json',
    )
    expect(code).toBe(0)
    const { address, folder } = JSON.parse(stdout)
    expect(address).toBe('http://localhost:8123/docs')
    expect(await readFile(`${folder}/README.md`, 'utf8')).toMatch(/^# /)
  })
})
