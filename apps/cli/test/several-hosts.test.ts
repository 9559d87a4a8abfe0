import { openDatabase } from '@dsapi/db'
import { LogisticRegression } from '@dsapi/model'
import { storeModel } from '@dsapi/registry'
import { describeWithRedis, type RedisServer, startRedis, waitFor } from '@dsapi/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  dsapi,
  type Environment,
  generate,
  makeKey,
  type OwnEnvironment,
  ownEnvironment,
  spawnDsapi,
  spawned,
} from './dsapi.ts'

// Servers that share nothing but a database and a Redis, as on several hosts with PostgreSQL; with SQLite they are
// several on one.

const path = '/predict/feature_a/1/feature_b/1'
const ask = async (url: string, key: string) => {
  const response = await fetch(url + path, { headers: { 'x-api-key': key } })
  await response.arrayBuffer()
  return response
}
const statusAt = async (url: string, key: string) => (await ask(url, key)).status

describeWithRedis('several servers', () => {
  let env: OwnEnvironment
  let redis: RedisServer
  let children: ReturnType<typeof spawnDsapi>[]
  let urls: string[]

  beforeAll(async () => {
    redis = await startRedis()
    env = { ...(await ownEnvironment()), REDIS_URL: redis.url }
    await generate(env)
    children = [1, 2, 3].map(() => spawnDsapi(['serve'], env))
    urls = await Promise.all(children.map((child) => child.says(/Listening on (http:[^"]+)/)))
  })
  afterAll(async () => {
    for (const child of children) child.kill('SIGTERM')
    await Promise.all(children.map((child) => child.ended()))
    await redis.stop()
  })

  test.each(['revoke', 'disable'])('%s shuts a key out of each within a second', async (change) => {
    const { key, stored } = await makeKey(env)

    /** Asks without a pause until it is refused; gives when the last request began that was not. */
    const lastAccepted = async (url: string) => {
      let last = 0
      for (;;) {
        const begun = performance.now()
        if ((await statusAt(url, key)) === 401) return last
        last = begun
      }
    }
    const pending = Promise.all(urls.map(lastAccepted))
    await dsapi(env, 'keys', change, stored.id)
    const changed = performance.now()
    for (const last of await pending) expect(last - changed).toBeLessThan(1000)
  })

  test('let a key in at once that was made a moment ago', async () => {
    const { key } = await makeKey(env)
    for (const url of urls) expect(await statusAt(url, key)).toBe(200)
  })

  const said = (pattern: RegExp) => children.reduce((sum, child) => sum + child.count(pattern), 0)
  /** How often a server has begun to count by itself, because Redis took longer to answer than it waits. */
  const outages = () => said(/Each host now limits rates by itself/g)

  /** Asks with a new key until Redis has answered to all of it in time, as it may not on a busy machine. */
  const askTogether = async (): Promise<number[]> => {
    const { key } = await makeKey(env, { rate: { requests: 10, seconds: 3600 } })
    await waitFor(() => said(/Rates are limited for all hosts together/g) === outages())
    const before = outages()
    const asked = Array.from({ length: 30 }, (_, i) => statusAt(urls[i % urls.length], key))
    const statuses = await Promise.all(asked)
    return outages() === before ? statuses : askTogether()
  }

  test('have one limit for a key together', async () => {
    const statuses = await askTogether()
    expect(statuses.filter((status) => status === 200)).toHaveLength(10)
    expect(statuses.filter((status) => status === 429)).toHaveLength(20)
  })

  test('have one daily quota for a key together, also for a client that asks them in turn', async () => {
    const { key } = await makeKey(env, { dailyQuota: 20 })
    const statuses: number[] = []
    for (let i = 0; i < 42; i++) statuses.push(await statusAt(urls[i % urls.length], key))
    expect(statuses).toEqual([...Array(20).fill(200), ...Array(22).fill(429)])
  })

  test('write down when a key was last used', async () => {
    const { key, stored } = await makeKey(env)
    await statusAt(urls[0], key)
    const show = async () =>
      JSON.parse((await dsapi(env, 'keys', 'show', stored.id, '--json')).stdout)
    await waitFor(async () => (await show()).last_used_at !== null)
    expect((await show()).last_used_at).toMatch(/:00\.000Z$/)
  })

  test('serve a model that was stored a few seconds ago', async () => {
    const { key } = await makeKey(env)
    const db = await openDatabase({ url: env.DATABASE_URL })
    const rows = [
      [0, 0],
      [1, 1],
    ]
    const names = { featureNames: ['feature_a', 'feature_b'] }
    const version = await storeModel(
      db,
      new LogisticRegression().fit(rows, [1, 0], names),
      Date.now(),
    )
    await db.destroy()
    const isServed = async (url: string) =>
      (await ask(url, key)).headers.get('x-model-version')?.startsWith(`${version}-`)
    await waitFor(async () => (await Promise.all(urls.map(isServed))).every((is) => is === true), {
      timeout: 5000,
    })
  })
})

describe('dsapi start on two hosts at once', () => {
  const first = /shown this once:\s+(dsapi_\S+)/

  /** Starts, and gives all that was said when the host is ready. */
  const start = async (env: Environment) => {
    const child = spawned(['start', '--processes', '1'], env)
    const url = await child.says(/dsapi listens on (\S+)/)
    const curl = await child.says(/^ {2}(curl .*)$/m)
    return { child, url, curl }
  }

  test('makes one model and one key, which works at both', async () => {
    const env = await ownEnvironment()
    const hosts = await Promise.all([start(env), start(env)])
    const keyed = hosts.filter(({ curl }) => !curl.includes('$KEY'))
    expect(keyed).toHaveLength(1)
    const key = await keyed[0].child.says(first)
    for (const { url } of hosts) expect(await statusAt(url, key)).toBe(200)
    const list = await dsapi(env, 'keys', 'list', '--json')
    expect(JSON.parse(list.stdout)).toHaveLength(1)
    expect(await dsapi(env, 'model', 'show', '--version', '2')).toMatchObject({ code: 1 })
  })
})
