import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeWithProgram } from './describe-with-program.ts'
import { freePort } from './free-port.ts'
import { waitFor } from './wait-for.ts'

/** A real Redis on a port of its own, empty at first and writing nothing to disk. */
export type RedisServer = {
  readonly url: string
  /** Kills it, without a chance to say goodbye. */
  readonly kill: () => Promise<void>
  /** Starts it again on the same port, empty. */
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
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

  await start()
  return {
    url: `redis://${host}:${port}`,
    kill,
    start,
    stop: async () => {
      await kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** `describe` for tests that need a Redis. */
export const describeWithRedis = describeWithProgram('redis-server', 'redis-server')
