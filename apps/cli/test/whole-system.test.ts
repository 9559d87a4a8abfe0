import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { createClient } from '@dsapi/client'
import { describeOnSqlite, describeWithRedis, startRedis, waitFor } from '@dsapi/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import {
  demoKey,
  dsapi,
  type Environment,
  generate,
  makeKey,
  ownEnvironment,
  serveHere,
  spawnDsapi,
  spawned,
} from './dsapi.ts'

const run = promisify(execFile)

const features = { feature_a: 1.3, feature_b: -3.2 }
const clientOf = (baseUrl: string) => createClient({ baseUrl, apiKey: demoKey })
const submit = async (url: string) => (await clientOf(url).submit(features)).id

describe('dsapi start', () => {
  test('on an empty folder serves, shows a key once, and its curl line works when pasted', async () => {
    const env = await ownEnvironment()
    const first = spawned(['start'], env)
    const curl = await first.says(/^ {2}(curl .*)$/m)
    expect(await first.says(/shown this once:\s+(dsapi_\S+)/)).toMatch(/^dsapi_\w{38}$/)
    const { stdout } = await run('sh', ['-c', `${curl} --silent --show-error`])
    expect(JSON.parse(stdout)).toMatchObject({ class: 1 })

    first.kill('SIGINT')
    expect(await first.ended()).toMatchObject({ code: 0 })

    const second = spawned(['start'], env)
    const secondCurl = await second.says(/^ {2}(curl .*)$/m)
    expect(secondCurl).toContain('$KEY')
    const key = /X-API-Key: (\S+)"/.exec(curl)?.[1] ?? ''
    const again = await run('sh', ['-c', `${secondCurl} --silent`], {
      env: { ...process.env, KEY: key },
    })
    expect(JSON.parse(again.stdout)).toEqual(JSON.parse(stdout))
  })
})

describeOnSqlite('dsapi start, later,', () => {
  test('makes no key by itself where all have been revoked', async () => {
    const env = await ownEnvironment()
    await generate(env)
    const { stored } = await makeKey(env)
    await dsapi(env, 'keys', 'revoke', stored.id)
    await spawned(['start'], env).says(/No key is active/)
    expect((await dsapi(env, 'keys', 'list')).stdout.trim().split('\n')).toHaveLength(2)
  })
})

// In this order: the last test ends them.
describeOnSqlite('the processes of dsapi start', () => {
  let start: ReturnType<typeof spawnDsapi>
  let url: string

  beforeAll(async () => {
    const env = await ownEnvironment()
    await generate(env, { demoKeys: true })
    start = spawnDsapi(['start'], env)
    url = await start.says(/dsapi listens on (\S+)/)
  })
  afterAll(() => {
    start.kill('SIGKILL')
  })

  test('compute slow predictions too', async () => {
    expect(await clientOf(url).predictSlow(features)).toEqual({ class: 0 })
  })

  test('come back when they are killed', async () => {
    const worker = await start.says(/"pid":(\d+),[^\n]*"name":"worker"/)
    process.kill(Number(worker), 'SIGKILL')
    expect(await clientOf(url).predictSlow(features)).toEqual({ class: 0 })
  })

  test('do not outlive it', async () => {
    start.kill('SIGKILL')
    await waitFor(() =>
      fetch(url).then(
        () => false,
        () => true,
      ),
    )
  })
})

/** What the whole holds to, whichever way the ids of the jobs travel. */
const wholeSystem = (redisUrl: () => Environment) => {
  let env: Awaited<ReturnType<typeof ownEnvironment>> & Environment
  let url: string

  beforeEach(async () => {
    env = { ...(await ownEnvironment()), ...redisUrl(), DSAPI_SLOW_SECONDS: '1' }
    await generate(env, { demoKeys: true })
    url = await serveHere(env)
  })

  const startWorker = async () => {
    const worker = spawned(['worker'], env)
    await worker.says(/Waiting for jobs/)
    return worker
  }

  const result = (id: string) => clientOf(url).wait(id, { signal: AbortSignal.timeout(20_000) })

  test('a prediction whose worker is killed in the middle ends with its result', async () => {
    const killed = await startWorker()
    const id = await submit(url)
    await killed.says(/Job begun/)
    killed.kill('SIGKILL')
    await startWorker()
    expect(await result(id)).toEqual({ class: 0 })
  })

  // That a worker finishes what it holds is its own affair.
  describeOnSqlite('a prediction', () => {
    test('whose worker is told to stop ends with its result', async () => {
      const stopped = await startWorker()
      const id = await submit(url)
      await stopped.says(/Job begun/)
      stopped.kill('SIGTERM')
      expect(await stopped.ended()).toMatchObject({ code: 0 })
      expect(await result(id)).toEqual({ class: 0 })
    })
  })
}

describe('with the database alone', () => wholeSystem(() => ({})))

describeWithRedis('with Redis', () => {
  let env: Environment

  beforeEach(async () => {
    const redis = await startRedis()
    env = { REDIS_URL: redis.url }
    onTestFinished(() => redis.stop())
  })

  wholeSystem(() => env)
})
