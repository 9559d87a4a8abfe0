import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, open, stat } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describeOnSqlite } from '@dsapi/testing'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import {
  blankEnvironment,
  dsapi,
  dsapiProcess,
  generate,
  makeKey,
  type OwnEnvironment,
  spawned,
} from './dsapi.ts'

const main = fileURLToPath(new URL('../src/main.js', import.meta.url))

let env: OwnEnvironment

beforeEach(async () => {
  env = await blankEnvironment()
})

/** Runs a line of a shell in which `dsapi` is the command. */
const shell = async (line: string) => {
  const command = `dsapi() { "${process.execPath}" "${main}" "$@"; }; ${line}`
  const options = { env: { PATH: process.env.PATH, ...env } }
  return promisify(execFile)('sh', ['-c', command], options)
}

const path = () => env.DATABASE_URL.slice('sqlite:'.length)
const modeOf = async (file: string) => ((await stat(file)).mode & 0o777).toString(8)

describeOnSqlite('dsapi whose output nobody reads', () => {
  test.each([
    'keys list',
    'jobs list',
    'jobs watch',
    'model show',
    'model evaluate --json',
    'doctor',
    '--help',
    'keys create --name me',
  ])('ends %s quietly, with its own exit code', async (command) => {
    await generate(env)
    await makeKey(env)
    const { stdout, stderr } = await shell(`{ dsapi ${command}; echo "code $?" >&2; } | true`)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/code 0$/m)
    expect(stderr).not.toMatch(/EPIPE|\n +at /)
  })

  test('says that its output could not be written to a full disk, and exits with 1', async () => {
    await generate(env)
    const { stderr } = await shell('dsapi model show > /dev/full; echo "code $?" >&2')
    expect(stderr).toBe(
      'Standard output cannot be written: the disk is full. Free some space\ncode 1\n',
    )
  })

  test('goes on as a server, with both outputs closed', async () => {
    await generate(env)
    const child = spawn(process.execPath, [main, 'start', '--processes', '1'], {
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    let said = ''
    child.stderr.setEncoding('utf8')
    for await (const text of child.stderr) {
      said += text
      if (/dsapi listens on/.test(said)) break
    }
    child.stdout.destroy()
    const url = /http:[^\s"]+/.exec(said)?.[0] ?? ''
    for (let i = 0; i < 5; i++) expect((await fetch(`${url}/nothing`)).status).toBe(401)
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })
})

describeOnSqlite('dsapi whose database is in trouble', () => {
  /** The page with the schema, so that it is opened as a database. */
  const intact = 4096
  const oneLine = (stderr: string) => expect(stderr.trim().split('\n')).toHaveLength(1)

  test('says in one line that it is locked', async () => {
    await generate(env)
    const other = new DatabaseSync(path())
    onTestFinished(() => void other.close())
    other.exec('begin immediate')
    const commands = [
      ['keys', 'create', '--name', 'a'],
      ['model', 'fit'],
      ['gendb', '--force'],
    ]
    // At once: each waits for the lock for seconds.
    for (const ended of await Promise.all(commands.map((args) => dsapiProcess(env, ...args)))) {
      const { code, stderr } = ended
      expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('is locked by') })
      oneLine(stderr)
    }
  })

  test.each([['keys', 'list'], ['jobs', 'stats'], ['model', 'show'], ['doctor']])(
    'says without a trace that it is damaged inside: %s %s',
    async (...args) => {
      await generate(env)
      const other = new DatabaseSync(path())
      other.exec('pragma journal_mode = DELETE')
      other.close()
      const file = await open(path(), 'r+')
      const { size: bytes } = await file.stat()
      await file.write(Buffer.alloc(bytes - intact, 0xa5), 0, bytes - intact, intact)
      await file.close()
      const { code, stdout, stderr } = await dsapi(env, ...args)
      expect(code).toBe(1)
      expect(stdout + stderr).toContain('is not a SQLite database, or is damaged')
      expect(stdout + stderr).not.toMatch(/^ +at /m)
    },
  )

  test('says in one line that it is a folder', async () => {
    await mkdir(path())
    const { code, stderr } = await dsapi(env, 'keys', 'list')
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining('cannot be opened for writing'),
    })
    oneLine(stderr)
  })
})

describeOnSqlite('the files that dsapi makes', () => {
  test.each(['022', '000'])('are for nobody else to read, with umask %s', async (umask) => {
    await shell(`umask ${umask}; dsapi gendb`)
    expect(await modeOf(path())).toBe('600')
    const server = spawned(['serve'], { ...env, PORT: '0' })
    await server.says(/Listening on/)
    for (const suffix of ['-wal', '-shm']) expect(await modeOf(path() + suffix)).toBe('600')
  })

  test('are warned of by the doctor where everybody can read them', async () => {
    await generate(env)
    await makeKey(env)
    await chmod(path(), 0o644)
    const { code, stdout } = await dsapi(env, 'doctor')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^! access .*chmod go= .*sqlite/m)
    await chmod(path(), 0o600)
    expect((await dsapi(env, 'doctor')).stdout).not.toContain('chmod')
  })
})
