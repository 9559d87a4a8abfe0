import { describeWithRedis, startRedis, waitFor } from '@dsapi/testing'
import { expect, onTestFinished, test } from 'vitest'
import { runApi } from './running-api.ts'

const running = async (options?: Parameters<typeof runApi>[0]) => {
  const api = await runApi(options)
  onTestFinished(api.stop)
  return api
}

const ask = async (url: string) => {
  const response = await fetch(url)
  return { status: response.status, body: await response.json() }
}

test('that the process lives is told to anybody', async () => {
  const { url } = await running()
  expect(await ask(`${url}/livez`)).toEqual({ status: 200, body: { status: 'ok' } })
  expect(await ask(`${url}/healthz`)).toEqual({ status: 200, body: { status: 'ok' } })
})

test('it is ready when there are a database and a model', async () => {
  const { url } = await running()
  const checks = { database: 'ok', model: 'ok', redis: 'unused' }
  expect(await ask(`${url}/readyz`)).toEqual({ status: 200, body: { status: 'ready', checks } })
})

test('it is not ready without, and still lives', async () => {
  const { url, db } = await running()
  await db.deleteFrom('named_models').execute()
  expect(await ask(`${url}/readyz`)).toMatchObject({
    status: 503,
    body: { status: 'unavailable', checks: { database: 'ok', model: 'missing' } },
  })
  await db.schema.alterTable('named_models').renameTo('elsewhere').execute()
  expect(await ask(`${url}/readyz`)).toMatchObject({
    status: 503,
    body: { status: 'unavailable', checks: { database: 'unusable' } },
  })
  expect((await ask(`${url}/livez`)).status).toBe(200)
})

test('another method, or a path below, is not open to anybody', async () => {
  const { url } = await running()
  expect((await fetch(`${url}/livez`, { method: 'POST' })).status).toBe(401)
  expect((await fetch(`${url}/readyz/x`)).status).toBe(401)
})

describeWithRedis('without its Redis', () => {
  test('it is ready all the same, and says that it is less than it was', async () => {
    const redis = await startRedis()
    onTestFinished(redis.stop)
    const { url } = await running({ config: { redisUrl: redis.url } })
    const status = async () => ((await ask(`${url}/readyz`)).body as { status: string }).status
    await waitFor(async () => (await status()) === 'ready')
    await redis.kill()
    await waitFor(async () => (await status()) === 'degraded')
    expect((await ask(`${url}/readyz`)).status).toBe(200)
    await redis.start()
    await waitFor(async () => (await status()) === 'ready')
  })
})
