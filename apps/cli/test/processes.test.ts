import { once } from 'node:events'
import { Agent, get } from 'node:http'
import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort, waitFor } from '@dsapi/testing'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import {
  demoKey,
  dsapi,
  type Environment,
  generate,
  makeKey,
  ownEnvironment,
  spawnDsapi,
  spawned,
} from './dsapi.ts'

const path = '/predict/feature_a/1/feature_b/1'

type Options = { readonly processes: number; readonly env?: Environment }

/** `dsapi serve` with several processes, over a database with a key. */
const serve = async (start: typeof spawned, options: Options) => {
  const env = { ...(await ownEnvironment()), ...options.env }
  await generate(env, { demoKeys: true })
  const server = start(['serve', '--processes', String(options.processes)], env)
  const url = await server.says(/Listening on (http:\S+?)"/)
  const metricsUrl = await server.says(/Metrics on (http:\S+?)"/)
  await server.says(/"msg":"All processes are ready"/)
  return { env, key: demoKey, server, url, metricsUrl }
}

type Served = Awaited<ReturnType<typeof serve>>

/** The same until the end of the test. */
const serving = (options: Options) => serve(spawned, options)

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
    await generate(env, { demoKeys: true })
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

/** Restarts the processes one after another, and waits until that is done. */
const restart = async ({ server }: Served) => {
  const before = server.count(/"msg":"Restarted"/g)
  server.kill('SIGHUP')
  await waitFor(() => server.count(/"msg":"Restarted"/g) > before)
}

/** Waits until others have come for processes that have ended. */
const untilReplaced = async (served: Served, ended: readonly number[]) => {
  await waitFor(() => {
    const pids = served.server.pids()
    return pids.length === processes && !pids.some((pid) => ended.includes(pid))
  })
  await waitFor(async () => (await metric(served, 'dsapi_processes')) === processes)
}

const processes = 3

// In this order: the last test ends the server.
describe('dsapi serve --processes', () => {
  let served: Served

  beforeAll(async () => {
    const throwing = 'process.on("SIGUSR2", () => { throw new Error("pulled") })'
    const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(throwing)}` }
    served = await serve(spawnDsapi, { processes, env })
  })
  afterAll(() => {
    served.server.kill('SIGKILL')
  })

  test('answers on one port, and its metrics are those of all processes together', async () => {
    for (let i = 0; i < 20; i++) expect(await statusOf(served.url, served.key)).toBe(200)
    expect(await metric(served, 'dsapi_processes')).toBe(processes)
    // Whichever process is asked.
    for (let i = 0; i < 2 * processes; i++) expect(await metric(served, requests)).toBe(20)
  })

  test('a key has one limit, however many processes answer', async () => {
    const { key } = await makeKey(served.env, { rate: { requests: 10, seconds: 3600 } })
    const statuses = await Promise.all(Array.from({ length: 30 }, () => statusOf(served.url, key)))
    expect(statuses.filter((status) => status === 200)).toHaveLength(10)
    expect(statuses.filter((status) => status === 429)).toHaveLength(20)
  })

  test('a key has one daily quota, whichever process answers a client that asks now and then', async () => {
    const { key } = await makeKey(served.env, { dailyQuota: 20 })
    const statuses: number[] = []
    for (const pauseMs of [700, 0]) {
      for (let i = 0; i < 20; i++) statuses.push(await statusOf(served.url, key))
      await wait(pauseMs)
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(20)
    expect(statuses.slice(20)).toEqual(Array(20).fill(429))
  })

  test('a process that is killed comes back; what it counted stays counted', async () => {
    const before = await metric(served, requests)
    for (let i = 0; i < 10; i++) await statusOf(served.url, served.key)
    await waitFor(async () => (await metric(served, requests)) === before + 10)
    const [victim] = served.server.pids()
    process.kill(victim, 'SIGKILL')
    await untilReplaced(served, [victim])
    expect(await statusOf(served.url, served.key)).toBe(200)
    expect(await metric(served, requests)).toBe(before + 11)
  })

  test('restarts on SIGHUP one process after another, and no request fails meanwhile', async () => {
    const pids = served.server.pids()
    const before = await metric(served, requests)
    const running = load(served)
    await waitFor(() => running.answers() > 100)
    await restart(served)
    const answered = running.answers()
    await waitFor(() => running.answers() > answered + 100)
    const statuses = await running.stop()
    expect(statuses.filter((status) => status !== 200)).toEqual([])
    expect(served.server.pids().filter((pid) => pids.includes(pid))).toEqual([])
    expect(await metric(served, requests)).toBe(before + statuses.length)
  })

  test('counts each job that ends once, whichever processes come and go', async () => {
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
    await restart(served)
    for (let i = 0; i < 5; i++) await submit()
    await waitFor(async () => (await metric(served, ended)) >= 10)
    expect(await metric(served, ended)).toBe(10)
  })

  test('an exception that nobody caught is logged and ends the process, and another comes', async () => {
    const [, victim] = served.server.pids()
    process.kill(victim, 'SIGUSR2')
    await served.server.says(/"level":60.*pulled.*Uncaught exception/)
    await untilReplaced(served, [victim])
    expect(await statusOf(served.url, served.key)).toBe(200)
  })

  test('keeps the address that it has drawn when all processes are killed at once', async () => {
    const killed = served.server.pids()
    for (const pid of killed) process.kill(pid, 'SIGKILL')
    await waitFor(() => {
      const pids = served.server.pids()
      return pids.length === processes && !pids.some((pid) => killed.includes(pid))
    })
    await waitFor(() =>
      statusOf(served.url, served.key)
        .catch(() => 0)
        .then((status) => status === 200),
    )
  })

  test('ends with all its processes', async () => {
    const pids = served.server.pids()
    served.server.kill('SIGTERM')
    expect(await served.server.ended()).toMatchObject({ code: 0 })
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  })
})

describe('dsapi serve --processes, started for one test,', () => {
  test('on SIGTERM first says that it is not ready, and until it ends no request fails', async () => {
    const own = await serving({ processes: 2, env: { DSAPI_DRAIN_SECONDS: '3' } })
    const running = load(own)
    await waitFor(() => running.answers() > 100)
    own.server.kill('SIGTERM')
    await waitFor(async () => (await fetch(`${own.url}/readyz`)).status === 503)
    const answered = running.answers()
    await waitFor(() => running.answers() > answered + 100)
    expect((await running.stop()).filter((status) => status !== 200)).toEqual([])
    expect(await own.server.ended()).toMatchObject({ code: 0 })
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
})

// In this order: the last test ends the server.
describe('dsapi serve --processes, with load balancers and without its Redis,', () => {
  let served: Served

  beforeAll(async () => {
    const env = { REDIS_URL: 'redis://127.0.0.1:1', DSAPI_DRAIN_SECONDS: '600' }
    served = await serve(spawnDsapi, { processes: 2, env })
  })
  afterAll(() => {
    served.server.kill('SIGKILL')
  })

  test('has one limit for a key', async () => {
    const { key } = await makeKey(served.env, { rate: { requests: 10, seconds: 3600 } })
    const statuses = await Promise.all(Array.from({ length: 20 }, () => statusOf(served.url, key)))
    expect(statuses.filter((status) => status === 200)).toHaveLength(10)
  })

  test('does not wait for load balancers after Ctrl-C', async () => {
    served.server.kill('SIGINT')
    expect(await served.server.ended()).toMatchObject({ code: 0 })
  })
})
