import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeWithProgram } from './describe-with-program.ts'
import { freePort } from './free-port.ts'
import { waitFor } from './wait-for.ts'

/** A real, empty Redis on a port of its own. It writes nothing to disk. */
export type RedisServer = {
  readonly url: string
  /** Kills the server (SIGKILL). */
  readonly kill: () => Promise<void>
  /** Starts the server again on the same port, empty. */
  readonly start: () => Promise<void>
  /** Sends one command and returns the raw answer. It logs in with the password that an earlier command has set
   * (`CONFIG SET requirepass`). */
  readonly command: (...words: readonly string[]) => Promise<string>
  readonly stop: () => Promise<void>
}

const encode = (words: readonly string[]) =>
  [`*${words.length}`, ...words.flatMap((word) => [`$${Buffer.byteLength(word)}`, word]), ''].join(
    '\r\n',
  )

/** Sends commands over one new connection, one after another. Returns the last answer. */
const ask = async (host: string, port: number, commands: readonly (readonly string[])[]) => {
  const socket = connect(port, host)
  let answer = ''
  try {
    for (const words of commands) {
      socket.write(encode(words))
      const [data] = await once(socket, 'data')
      answer = String(data)
    }
    return answer
  } finally {
    socket.destroy()
  }
}

const answersPing = (host: string, port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, host, () => socket.write('PING\r\n'))
    socket.once('data', (data) => resolve(data.toString().startsWith('+PONG')))
    socket.once('error', () => resolve(false))
    socket.once('close', () => resolve(false))
  })

/** Starts a `redis-server` that listens on an address, and waits until it answers. */
export const startRedis = async (host = '127.0.0.1'): Promise<RedisServer> => {
  const port = await freePort()
  const folder = await mkdtemp(join(tmpdir(), 'dsapi-redis-'))
  let server: ChildProcess

  const start = async () => {
    const options = [
      '--port',
      String(port),
      '--bind',
      host,
      '--dir',
      folder,
      '--save',
      '',
      '--protected-mode',
      'no',
    ]
    server = spawn('redis-server', options, { stdio: 'ignore' })
    await waitFor(() => answersPing(host, port))
  }
  const kill = async () => {
    const exited = once(server, 'exit')
    if (server.kill('SIGKILL')) await exited
  }

  let password = ''
  const command = async (...words: readonly string[]) => {
    const login = password === '' ? [] : [['AUTH', password]]
    const answer = await ask(host, port, [...login, words])
    if (words.join(' ').toLowerCase().startsWith('config set requirepass'))
      password = words[3] ?? ''
    return answer
  }

  await start()
  return {
    url: `redis://${host}:${port}`,
    kill,
    start,
    command,
    stop: async () => {
      await kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** `describe` for tests that need a Redis. */
export const describeWithRedis = describeWithProgram('redis-server', 'redis-server')
