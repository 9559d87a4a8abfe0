import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, chownSync, globSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { describeWhere } from './describe-with-program.ts'
import { freePort } from './free-port.ts'
import { waitFor } from './wait-for.ts'

/** A real, empty PostgreSQL on a port of its own. */
export type PostgresServer = {
  /** The URL of the database that is there from the start. */
  readonly url: string
  readonly port: number
  /** The id of the server's first process. */
  readonly pid: () => number | undefined
  /** Makes another, empty database. Returns its URL. */
  readonly createDatabase: () => Promise<string>
  /** Runs a statement as the administrator. */
  readonly query: (sql: string) => Promise<void>
  /** Kills the server (SIGKILL). */
  readonly kill: () => Promise<void>
  /** Starts the server again on the same port, with everything that was committed. */
  readonly start: () => Promise<void>
  /** Stops all its processes for a while (SIGSTOP). Connections stay open. */
  readonly freeze: (ms: number) => Promise<void>
  readonly stop: () => Promise<void>
}

type Options = {
  /** The address that it listens on. */
  readonly host?: string
  /** Lines of its configuration file. */
  readonly settings?: Readonly<Record<string, string>>
}

/** Where Debian puts the server's programs, which are in no PATH. */
const folders = globSync('/usr/lib/postgresql/*/bin').toSorted((a, b) =>
  a.localeCompare(b, 'en', { numeric: true }),
)

/** The server refuses to run as root; Debian's package makes this user. */
const idOf = (kind: '-u' | '-g') =>
  Number(execFileSync('id', [kind, 'postgres'], { encoding: 'utf8' }))
const asServer = () => (process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {})

/** Nothing is lost when the server is killed, only when the machine loses power. */
const fast = { fsync: 'off', full_page_writes: 'off' }

/** Makes a cluster of databases, starts a server for it and waits until it answers. */
export const startPostgres = async ({
  host = '127.0.0.1',
  settings = {},
}: Options = {}): Promise<PostgresServer> => {
  const programs = folders.at(-1)
  if (programs === undefined) throw new Error('There is no PostgreSQL: apt-get install postgresql')
  const folder = await mkdtemp(join(tmpdir(), 'dsapi-postgres-'))
  const user = asServer()
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  execFileSync(
    join(programs, 'initdb'),
    [
      '--pgdata',
      data,
      '--username',
      'dsapi',
      '--auth',
      'trust',
      '--no-sync',
      '--encoding',
      'UTF8',
      '--locale',
      'C.UTF-8',
    ],
    { ...user, cwd: folder, stdio: 'ignore' },
  )
  // Accepts other addresses of this machine too, because `host` may be one.
  appendFileSync(join(data, 'pg_hba.conf'), 'host all all all trust\n')
  const port = await freePort()
  const urlOf = (name: string) => `postgres://dsapi@${host}:${port}/${name}`
  const url = urlOf('postgres')
  let server: ChildProcess

  const query = async (sql: string, at = url) => {
    const client = new pg.Client(at)
    client.on('error', () => {})
    try {
      await client.connect()
      await client.query(sql)
    } finally {
      await client.end()
    }
  }
  const answers = () =>
    query('select 1').then(
      () => true,
      () => false,
    )
  const start = async () => {
    const all = {
      listen_addresses: host,
      port: String(port),
      unix_socket_directories: folder,
      ...fast,
      ...settings,
    }
    const options = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const spawnIt = () => {
      server = spawn(join(programs, 'postgres'), ['-D', data, ...options], {
        ...user,
        cwd: folder,
        stdio: 'ignore',
      })
    }
    spawnIt()
    await waitFor(async () => {
      // It refuses to start until all processes of the killed server have ended.
      if (server.exitCode !== null) spawnIt()
      return answers()
    })
  }
  const freeze = async (ms: number) => {
    const pid = server.pid ?? 0
    process.kill(pid, 'SIGSTOP')
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
    const pids = [pid, ...children.map(Number)]
    const signal = (name: NodeJS.Signals) => {
      for (const one of pids) {
        try {
          process.kill(one, name)
        } catch {} // It has ended meanwhile.
      }
    }
    signal('SIGSTOP')
    await setTimeout(ms)
    signal('SIGCONT')
  }
  const end = async (signal: NodeJS.Signals) => {
    const exited = once(server, 'exit')
    if (server.exitCode === null && server.signalCode === null && server.kill(signal)) await exited
  }

  await start()
  let made = 0
  return {
    url,
    port,
    pid: () => server.pid,
    query,
    createDatabase: async () => {
      const name = `test_${process.pid}_${++made}`
      await query(`create database ${name}`)
      return urlOf(name)
    },
    kill: () => end('SIGKILL'),
    start,
    freeze,
    stop: async () => {
      await end('SIGQUIT')
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    },
  }
}

export const hasPostgres = folders.length > 0

/** `describe` for tests that need a PostgreSQL. */
export const describeWithPostgres = describeWhere(hasPostgres, 'postgresql')
