import { describeWithRedis, startRedis, waitFor } from '@dsapi/testing'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { type RunningApi, runApi } from './running-api.ts'

let api: RunningApi

beforeEach(async () => {
  api = await runApi()
  return api.stop
})

const metricsOf = async ({ url }: { readonly url: string }) =>
  (await fetch(`${url}/metrics`)).text()
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
  expect(valueIn(text, 'dsapi_predictions_total{class="1"}')).toBe(5001)
  const requests = 'dsapi_http_requests_total{method="POST",route="/predict",status="200"}'
  expect(valueIn(text, requests)).toBe(1)
})

test('the model, waiting jobs and the event loop are in them', async () => {
  const init = { method: 'POST', headers: { 'x-api-key': api.key } }
  await fetch(`${api.url}/predict-slow`, { ...init, body: '{"feature_a": 1, "feature_b": 1}' })
  const text = await metricsOf(api)
  expect(text).toMatch(/^dsapi_model_info\{version="1-[0-9a-f]{8}"\} 1$/m)
  expect(valueIn(text, 'dsapi_jobs{state="queued"}')).toBe(1)
  expect(valueIn(text, 'dsapi_jobs{state="running"}')).toBe(0)
  expect(text).toContain('nodejs_eventloop_lag_seconds')
})

test('no key is in them, nor any part of one', async () => {
  await get(`/${api.key}`)
  await get('/predict/feature_a/1/feature_b/1', { authorization: `Bearer ${api.key}x` })
  expect(await metricsOf(api)).not.toContain('dsapi_'.concat(api.key.slice(6, 14)))
})

test('what a proxy brings from elsewhere does not get them', async () => {
  expect((await get('/metrics', { 'x-forwarded-for': '192.0.2.1' })).status).toBe(401)
  const headers = { 'x-forwarded-for': '192.0.2.1', 'x-api-key': api.key }
  expect((await get('/metrics', headers)).status).toBe(404)
})

describe('a port of their own', () => {
  const withPort = async (metricsPort: number) => {
    const running = await runApi({ config: { metricsPort } })
    onTestFinished(running.stop)
    return running
  }

  test('is not there unless it is asked for', () => {
    expect(api.metricsUrl).toBeUndefined()
  })

  test('tells them to whoever reaches it, and nothing else', async () => {
    const { metricsUrl = '', url, key } = await withPort(0)
    const headers = { 'x-forwarded-for': '192.0.2.1', 'x-api-key': key }
    const response = await fetch(metricsUrl, { headers })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    expect(await response.text()).toContain('# TYPE dsapi_jobs gauge')
    const elsewhere = new URL('/predict/feature_a/1/feature_b/1', metricsUrl)
    expect((await fetch(elsewhere, { headers })).status).toBe(404)
    expect((await fetch(`${url}/metrics`, { headers })).status).toBe(404)
  })

  test('that is taken stops the start, with the name of its setting', async () => {
    const taken = Number(new URL((await withPort(0)).metricsUrl ?? '').port)
    await expect(withPort(taken)).rejects.toThrow(`another port: DSAPI_METRICS_PORT=${taken + 1}`)
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
  expect(valueIn(text, 'dsapi_predictions_total{class="1"}')).toBe(1)
})
