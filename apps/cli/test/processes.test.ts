import { once } from 'node:events'
import { Agent, get } from 'node:http'
import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort, waitFor } from '@dsapi/testing'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  demoKey,
  dsapi,
  type Environment,
  generate,
  makeKey,
  ownEnvironment,
  spawned,
} from './dsapi.ts'

const path = '/predict/feature_a/1/feature_b/1'

/** `dsapi serve` with several processes, over a database with a key. */
const serving = async (options: { readonly processes: number; readonly env?: Environment }) => {
  const env = { ...(await ownEnvironment()), ...options.env }
  await generate(env, { demoKeys: true })
  const server = spawned(['serve', '--processes', String(options.processes)], env)
  const url = await server.says(/Listening on (http:\S+?)"/)
  const metricsUrl = await server.says(/Metrics on (http:\S+?)"/)
  await server.says(/"msg":"All processes are ready"/)
  return { env, key: demoKey, server, url, metricsUrl }
}

type Served = Awaited<ReturnType<typeof serving>>

/** One request over a connection of its own, or over one of an agent's. */
const statusOf = (url: string, key: string, agent = new Agent()) =>
  new Promise<number>((resolve, reject) => {
    const request = get(url + path, { headers: { 'x-api-key': key }, agent }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
    })
    request.on('error', reject)
  })

const metric = async ({ metricsUrl }: Served, name: string) => {
  const text = await (await fetch(metricsUrl)).text()
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `))
  return Number(line?.split(' ').at(-1))
}

/** Asks over kept and over new connections, without a pause, until it is told to stop. */
const load = ({ url, key }: Served) => {
  let isOver = false
  const statuses: (number | string)[] = []
  const ask = async (agent?: Agent) => {
    while (!isOver) {
      statuses.push(await statusOf(url, key, agent).catch((error: Error) => error.message))
      await wait(1)
    }
    agent?.destroy()
  }
  const clients = [
    ask(),
    ask(),
    ...Array.from({ length: 6 }, () => ask(new Agent({ keepAlive: true }))),
  ]
  return {
    answers: () => statuses.length,
    stop: async () => {
      isOver = true
      await Promise.all(clients)
      return statuses
    },
  }
}

const requests = 'dsapi_http_requests_total{method="GET",route="/predict/*",status="200"}'

describe('dsapi serve', () => {
  test('answers what comes over an open connection after SIGTERM, and closes it then', async () => {
    const env = await ownEnvironment()
    await dsapi(env, 'gendb', '--demo-keys')
    const server = spawned(['serve'], env)
    const url = await server.says(/Listening on (http:\S+?)"/)
    const agent = new Agent({ keepAlive: true })
    onTestFinished(() => agent.destroy())
    expect(await statusOf(url, demoKey, agent)).toBe(200)
    server.kill('SIGTERM')
    // It accepts no new connection any more.
    await waitFor(() =>
      statusOf(url, demoKey).then(
        () => false,
        () => true,
      ),
    )
    await wait(200) // A fifth of the time that it gives; idle connections are looked for more often.
    expect(await statusOf(url, demoKey, agent)).toBe(200)
    expect(await server.ended()).toMatchObject({ code: 0 })
  })
})

describe('dsapi serve --processes', () => {
  test('answers on one port, and its metrics are those of all processes together', async () => {
    const served = await serving({ processes: 2 })
    for (let i = 0; i < 20; i++) expect(await statusOf(served.url, served.key)).toBe(200)
    expect(await metric(served, 'dsapi_processes')).toBe(2)
    // Whichever process is asked.
    for (let i = 0; i < 4; i++) expect(await metric(served, requests)).toBe(20)
  })

  test('a process that is killed comes back; what it counted stays counted', async () => {
    const served = await serving({ processes: 2 })
    for (let i = 0; i < 10; i++) await statusOf(served.url, served.key)
    await waitFor(async () => (await metric(served, requests)) === 10)
    const [victim] = served.server.pids()
    process.kill(victim, 'SIGKILL')
    await waitFor(() => served.server.pids().length === 2 && !served.server.pids().includes(victim))
    await waitFor(async () => (await metric(served, 'dsapi_processes')) === 2)
    expect(await statusOf(served.url, served.key)).toBe(200)
    expect(await metric(served, requests)).toBe(11)
  })

  test('restarts on SIGHUP one process after another, and no request fails meanwhile', async () => {
    const served = await serving({ processes: 2 })
    const before = served.server.pids()
    const running = load(served)
    await waitFor(() => running.answers() > 100)
    served.server.kill('SIGHUP')
    await served.server.says(/"msg":"Restarted"/)
    const answered = running.answers()
    await waitFor(() => running.answers() > answered + 100)
    const statuses = await running.stop()
    expect(statuses.filter((status) => status !== 200)).toEqual([])
    expect(served.server.pids().filter((pid) => before.includes(pid))).toEqual([])
    expect(await metric(served, requests)).toBe(statuses.length)
  })

  test('on SIGTERM it first says that it is not ready, and until it ends no request fails', async () => {
    const served = await serving({ processes: 2, env: { DSAPI_DRAIN_SECONDS: '3' } })
    const running = load(served)
    await waitFor(() => running.answers() > 100)
    served.server.kill('SIGTERM')
    await waitFor(async () => (await fetch(`${served.url}/readyz`)).status === 503)
    const answered = running.answers()
    await waitFor(() => running.answers() > answered + 100)
    expect((await running.stop()).filter((status) => status !== 200)).toEqual([])
    expect(await served.server.ended()).toMatchObject({ code: 0 })
  })

  test('Ctrl-C does not wait for load balancers', async () => {
    const { server } = await serving({ processes: 2, env: { DSAPI_DRAIN_SECONDS: '600' } })
    server.kill('SIGINT')
    expect(await server.ended()).toMatchObject({ code: 0 })
  })

  test('a key has one limit, however many processes answer', async () => {
    const served = await serving({ processes: 3 })
    const { key } = await makeKey(served.env, { rate: { requests: 10, seconds: 3600 } })
    const statuses = await Promise.all(Array.from({ length: 30 }, () => statusOf(served.url, key)))
    expect(statuses.filter((status) => status === 200)).toHaveLength(10)
    expect(statuses.filter((status) => status === 429)).toHaveLength(20)
  })

  test('… nor while Redis is away', async () => {
    const env = { REDIS_URL: 'redis://127.0.0.1:1' }
    const served = await serving({ processes: 2, env })
    const { key } = await makeKey(served.env, { rate: { requests: 10, seconds: 3600 } })
    const statuses = await Promise.all(Array.from({ length: 20 }, () => statusOf(served.url, key)))
    expect(statuses.filter((status) => status === 200)).toHaveLength(10)
  })

  test('a key has one daily quota, whichever process answers a client that asks now and then', async () => {
    const served = await serving({ processes: 4 })
    const { key } = await makeKey(served.env, { dailyQuota: 20 })
    const statuses: number[] = []
    for (const pauseMs of [700, 0]) {
      for (let i = 0; i < 20; i++) statuses.push(await statusOf(served.url, key))
      await wait(pauseMs)
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(20)
    expect(statuses.slice(20)).toEqual(Array(20).fill(429))
  })

  test('counts each job that ends once, whichever processes come and go', async () => {
    const served = await serving({ processes: 2 })
    spawned(['worker'], served.env)
    const submit = () =>
      fetch(`${served.url}/predict-slow`, {
        method: 'POST',
        headers: { 'x-api-key': served.key },
        body: '{"feature_a": 1, "feature_b": 1}',
      })
    const ended = 'dsapi_jobs_ended_total{kind="slow-prediction",state="succeeded"}'
    for (let i = 0; i < 5; i++) await submit()
    await waitFor(async () => (await metric(served, ended)) === 5)
    served.server.kill('SIGHUP')
    await served.server.says(/"msg":"Restarted"/)
    for (let i = 0; i < 5; i++) await submit()
    await waitFor(async () => (await metric(served, ended)) >= 10)
    expect(await metric(served, ended)).toBe(10)
  })

  test('keeps the address that it has drawn when all processes are killed at once', async () => {
    const served = await serving({ processes: 2 })
    const killed = served.server.pids()
    for (const pid of killed) process.kill(pid, 'SIGKILL')
    const isNew = (pid: number) => !killed.includes(pid)
    await waitFor(() => served.server.pids().length === 2 && served.server.pids().every(isNew))
    await waitFor(() =>
      statusOf(served.url, served.key)
        .catch(() => 0)
        .then((s) => s === 200),
    )
  })

  test('ends with all its processes', async () => {
    const { server } = await serving({ processes: 2 })
    const pids = server.pids()
    server.kill('SIGTERM')
    expect(await server.ended()).toMatchObject({ code: 0 })
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  })

  test('says that the port is taken once, and ends', async () => {
    const port = await freePort()
    const taken = createServer().listen(port, '127.0.0.1')
    onTestFinished(() => void taken.close())
    await once(taken, 'listening')
    const env = { ...(await ownEnvironment()), PORT: String(port) }
    await generate(env)
    const { code, stderr } = await dsapi(env, 'serve', '--processes', '3')
    expect(code).toBe(1)
    expect(stderr.match(/is in use by another program/g)).toHaveLength(1)
  })

  test('an exception that nobody caught is logged and ends the process, and another comes', async () => {
    const pull = 'process.on("SIGUSR2", () => { throw new Error("pulled") })'
    const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(pull)}` }
    const served = await serving({ processes: 2, env })
    const [victim] = served.server.pids()
    process.kill(victim, 'SIGUSR2')
    await served.server.says(/"level":60.*pulled.*Uncaught exception/)
    await waitFor(() => served.server.pids().length === 2 && !served.server.pids().includes(victim))
    expect(await statusOf(served.url, served.key)).toBe(200)
  })
})
