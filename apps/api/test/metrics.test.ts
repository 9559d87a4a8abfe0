import { get as httpGet } from 'node:http'
import { createLogger } from '@dsapi/telemetry'
import { describeWithRedis, startRedis, waitFor } from '@dsapi/testing'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { type RunningApi, runApi } from './running-api.ts'

let api: RunningApi

beforeEach(async () => {
  api = await runApi()
  return api.stop
})

const metricsOf = async ({ metricsUrl = '' }: Pick<RunningApi, 'metricsUrl'>) =>
  (await fetch(metricsUrl)).text()
const valueIn = (text: string, name: string) =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${name} `))
      ?.slice(name.length),
  )

const get = (path: string, headers: Record<string, string> = { 'x-api-key': api.key }) =>
  fetch(api.url + path, { headers })

test('requests are counted by route and status, never by what clients make up', async () => {
  await get('/predict/feature_a/1/feature_b/1')
  await get('/predict/feature_a/2/feature_b/x')
  await get('/no/such/path')
  await get('/jobs/00000000-0000-4000-8000-000000000000')
  const text = await metricsOf(api)
  const count = (route: string, status: number) =>
    valueIn(text, `dsapi_http_requests_total{method="GET",route="${route}",status="${status}"}`)
  expect(count('/predict/*', 200)).toBe(1)
  expect(count('/predict/*', 400)).toBe(1)
  expect(count('/*', 404)).toBe(1)
  expect(count('/jobs/:id', 404)).toBe(1)
  expect(text).not.toContain('/no/such/path')
  const timed = 'dsapi_http_request_duration_seconds_count{method="GET",route="/predict/*"}'
  expect(valueIn(text, timed)).toBe(2)
})

test('predictions are counted by class, one by one and in bulk', async () => {
  await get('/predict/feature_a/1/feature_b/1')
  const body = JSON.stringify({ instances: Array(5000).fill([1, 1]) })
  await fetch(`${api.url}/predict`, { method: 'POST', headers: { 'x-api-key': api.key }, body })
  const text = await metricsOf(api)
  expect(valueIn(text, 'dsapi_predictions_total{model="default",class="1"}')).toBe(5001)
  const requests = 'dsapi_http_requests_total{method="POST",route="/predict",status="200"}'
  expect(valueIn(text, requests)).toBe(1)
})

test('the model, waiting jobs and the event loop are in them', async () => {
  const init = { method: 'POST', headers: { 'x-api-key': api.key } }
  await fetch(`${api.url}/predict-slow`, { ...init, body: '{"feature_a": 1, "feature_b": 1}' })
  const text = await metricsOf(api)
  expect(text).toMatch(/^dsapi_model_info\{model="default",version="1-[0-9a-f]{8}"\} 1$/m)
  expect(valueIn(text, 'dsapi_jobs{state="queued"}')).toBe(1)
  expect(valueIn(text, 'dsapi_jobs{state="running"}')).toBe(0)
  expect(text).toContain('nodejs_eventloop_lag_seconds')
})

test('no key is in them, nor any part of one', async () => {
  await get(`/${api.key}`)
  await get('/predict/feature_a/1/feature_b/1', { authorization: `Bearer ${api.key}x` })
  expect(await metricsOf(api)).not.toContain('dsapi_'.concat(api.key.slice(6, 14)))
})

const started = async (options: Parameters<typeof runApi>[0]) => {
  const running = await runApi(options)
  onTestFinished(running.stop)
  return running
}

/** Asks with a `Host` of its own, which fetch would not send. */
const statusWith = (url: string, headers: Record<string, string>) =>
  new Promise<number>((resolve, reject) => {
    const request = httpGet(url, { headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0))
    })
    request.on('error', reject)
  })

describe('by default, on a port of their own', () => {
  test('are answered on loopback, and nothing else is', async () => {
    const response = await fetch(api.metricsUrl ?? '')
    expect(new URL(api.metricsUrl ?? '').hostname).toBe('127.0.0.1')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    expect(await response.text()).toContain('# TYPE dsapi_jobs gauge')
    const elsewhere = new URL('/predict/feature_a/1/feature_b/1', api.metricsUrl)
    expect((await fetch(elsewhere, { headers: { 'x-api-key': api.key } })).status).toBe(404)
  })

  test('are not on the port of the api, so no proxy that leads there can give them away', async () => {
    expect((await get('/metrics', {})).status).toBe(401)
    expect((await get('/metrics')).status).toBe(404)
  })

  test.each(['evil.example', 'evil.example:9464', 'localhost.evil.example'])(
    'are not answered under the name %s, to which a browser may have been led',
    async (host) => {
      expect(await statusWith(api.metricsUrl ?? '', { host })).toBe(421)
    },
  )

  test('are answered under a name that is allowed, and under every name outside of loopback', async () => {
    const named = await started({ config: { allowedHosts: ['metrics.internal'] } })
    expect(await statusWith(named.metricsUrl ?? '', { host: 'metrics.internal:80' })).toBe(200)
    const open = await started({ config: { metricsHost: '0.0.0.0' } })
    expect(await statusWith(open.metricsUrl ?? '', { host: '10.1.2.3:9464' })).toBe(200)
  })

  test('have a free port where another server has the usual one', async () => {
    const logger = createLogger('silent', 'test')
    const info = vi.spyOn(logger, 'info')
    const config = { metricsPort: undefined }
    const [first, second] = [await started({ config }), await started({ config, logger })]
    expect(first.metricsUrl).not.toBe(second.metricsUrl)
    expect((await fetch(second.metricsUrl ?? '')).status).toBe(200)
    expect(info.mock.lastCall).toContainEqual(
      expect.stringContaining('Port 9464 is in use, so the metrics are on a free port'),
    )
  })

  test('stop the start where the port that was asked for is taken', async () => {
    const metricsPort = Number(new URL(api.metricsUrl ?? '').port)
    await expect(started({ config: { metricsPort } })).rejects.toThrow(
      `another port: DSAPI_METRICS_PORT=${metricsPort + 1}`,
    )
  })

  test('are nowhere where they are off', async () => {
    const off = await started({ config: { metricsPort: 'off' } })
    expect(off.metricsUrl).toBeUndefined()
    const headers = { 'x-api-key': off.key }
    expect((await fetch(`${off.url}/metrics`, { headers })).status).toBe(404)
  })
})

describe('on the port of the api, where they were asked for there', () => {
  test('are answered to the machine itself, and have no port of their own', async () => {
    const { url, metricsUrl } = await started({ config: { metricsPort: 'api' } })
    expect(metricsUrl).toBeUndefined()
    expect((await fetch(`${url}/metrics`)).status).toBe(200)
  })

  test.each([
    { 'x-forwarded-for': '192.0.2.1' },
    { forwarded: 'for=192.0.2.1' },
    { 'x-real-ip': '192.0.2.1' },
    { host: 'evil.example' },
  ])('are not given to what comes with %j', async (headers) => {
    const { url, key } = await started({ config: { metricsPort: 'api' } })
    expect(await statusWith(`${url}/metrics`, headers)).toBe(401)
    expect(await statusWith(`${url}/metrics`, { ...headers, 'x-api-key': key })).toBe(404)
  })
})

describeWithRedis('when Redis goes away', () => {
  test('it is in the metrics that each host limits rates by itself', async () => {
    const redis = await startRedis()
    onTestFinished(redis.stop)
    const limited = await runApi({ config: { redisUrl: redis.url } })
    onTestFinished(limited.stop)
    const { key } = await limited.makeKey({ rate: { requests: 1000, seconds: 1 } })
    const shared = async () => valueIn(await metricsOf(limited), 'dsapi_rate_limits_shared')
    const ask = () => fetch(limited.url, { headers: { 'x-api-key': key } })
    await ask()
    await waitFor(async () => (await shared()) === 1)
    await redis.kill()
    await waitFor(async () => {
      await ask()
      return (await shared()) === 0
    })
    await redis.start()
    await waitFor(async () => (await shared()) === 1)
  })
})

test('they are told also while the database cannot be read, but for those of jobs', async () => {
  await get('/predict/feature_a/1/feature_b/1')
  await api.db.schema.alterTable('jobs').renameTo('hidden').execute()
  const text = await metricsOf(api)
  await api.db.schema.alterTable('hidden').renameTo('jobs').execute()
  expect(valueIn(text, 'dsapi_predictions_total{model="default",class="1"}')).toBe(1)
})
