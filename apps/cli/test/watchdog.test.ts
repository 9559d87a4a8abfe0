import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describeWithProgram, temporaryFolder, waitFor } from '@dsapi/testing'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type Environment, generate, ownEnvironment, spawned } from './dsapi.ts'

const serving = async (env: Environment, ...options: string[]) => {
  const own = { ...(await ownEnvironment()), ...env }
  await generate(own)
  const server = spawned(['serve', ...options], own)
  const url = await server.says(/Listening on (http:\S+?)"/)
  return { server, url }
}

const isLive = (url: string) =>
  fetch(`${url}/livez`, { signal: AbortSignal.timeout(2000) }).then(
    ({ ok }) => ok,
    () => false,
  )

describe('a process that stands still', () => {
  test('is ended by the one that looks after it, which starts another', async () => {
    const { server, url } = await serving({ DSAPI_WATCHDOG_SECONDS: '2' }, '--processes', '2')
    await server.says(/"msg":"All processes are ready"/)
    const before = server.pids()
    process.kill(before[0], 'SIGSTOP')
    await server.says(/"msg":"An API process sent no heartbeat for 2 seconds and is killed"/)
    await server.says(/"msg":"An API process ended unexpectedly and is restarted in \d+ ms"/)
    await waitFor(() => server.pids().filter((pid) => pid !== before[0]).length === 2)
    await waitFor(() => isLive(url))
  })

  test('is left alone when the one that looks after it stood still too', async () => {
    const { server, url } = await serving({ DSAPI_WATCHDOG_SECONDS: '3' }, '--processes', '2')
    await server.says(/"msg":"All processes are ready"/)
    const before = server.pids()
    const all = [server.pid, ...before]
    for (const pid of all) process.kill(pid, 'SIGSTOP')
    await wait(4000)
    for (const pid of all) process.kill(pid, 'SIGCONT')
    await wait(1000)
    expect(server.pids()).toEqual(before)
    expect(await isLive(url)).toBe(true)
  })

  test('ends itself where no other looks after it, and says why', async () => {
    const file = fileURLToPath(new URL('./watchdog/standing-still.ts', import.meta.url))
    const child = spawn(process.execPath, [file, '1000'])
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text
    })
    const [code, signal] = await once(child, 'close')
    expect([code, signal]).toEqual([null, 'SIGKILL'])
    expect(JSON.parse(stderr)).toMatchObject({
      level: 60,
      name: 'test',
      pid: child.pid,
      msg: 'The event loop was blocked for 1 seconds: the process exits',
    })
  })
})

describeWithProgram('systemd-notify', 'systemd')('systemd', () => {
  test('is told when the api is ready, and that its event loop goes on', async () => {
    const socket = join(await temporaryFolder(), 'notify')
    const script = fileURLToPath(new URL('./watchdog/datagrams.py', import.meta.url))
    const receiver = spawn('python3', [script, socket])
    onTestFinished(() => void receiver.kill())
    let received = ''
    receiver.stdout.setEncoding('utf8').on('data', (text) => {
      received += text
    })
    await waitFor(() => received.includes('bound'))
    const env = { NOTIFY_SOCKET: socket, WATCHDOG_USEC: '300000' }
    const { server } = await serving(env, '--processes', '1')
    await waitFor(() => received.includes('READY=1'))
    await waitFor(() => received.split('WATCHDOG=1').length > 3)
    process.kill(server.pid, 'SIGSTOP')
    await wait(500) // For those on their way.
    const until = received
    await wait(1000)
    expect(received).toBe(until)
    process.kill(server.pid, 'SIGCONT')
  })
})
