import { once } from 'node:events'
import { Agent, get, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { addDemoKeys, demoKeys } from '@dsapi/auth'
import { loadConfig } from '@dsapi/config'
import { LogisticRegression } from '@dsapi/model'
import { storeModel } from '@dsapi/registry'
import { createLogger } from '@dsapi/telemetry'
import { waitFor } from '@dsapi/testing'
import { expect, onTestFinished, test } from 'vitest'
import { startApi } from '../src/index.ts'
import { runApi } from './running-api.ts'

const running = async (options?: Parameters<typeof runApi>[0]) => {
  const api = await runApi(options)
  onTestFinished(() => api.stop())
  return api
}

const by = () => ({ actor: 'cli:test', now: Date.now() }) as const

const ask = (url: string, key: string, path = '/predict/feature_a/1.0/feature_b/1.0') =>
  fetch(url + path, { headers: { 'x-api-key': key } })

test('a port in use is said in one line with what to do', async () => {
  const { url } = await running()
  const port = Number(new URL(url).port)
  await expect(runApi({ config: { port } })).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is in use by another program. Stop it, or choose another port`,
  )
})

test('a host that is not ours is said in one line', async () => {
  await expect(runApi({ config: { host: '192.0.2.1' } })).rejects.toThrow(/Check HOST and PORT/)
})

test('a new model is taken up within seconds, without a restart', async () => {
  const api = await running()
  const names = { featureNames: ['feature_a', 'feature_b'] }
  const reversed = new LogisticRegression().fit(
    [
      [0, 0],
      [1, 1],
    ],
    [1, 0],
    names,
  )
  await storeModel(api.db, reversed, Date.now())
  await waitFor(async () => {
    const response = await ask(api.url, api.key)
    return response.headers.get('x-model-version')?.startsWith('2-') ?? false
  })
  expect(await (await ask(api.url, api.key)).json()).toMatchObject({ class: 0 })
})

test('the paths and bodies follow the names of the model', async () => {
  const api = await running({ featureNames: ['petal length', 'width/cm', 'x'] })
  const path = '/predict/petal%20length/1/width%2Fcm/2/x/3'
  expect((await ask(api.url, api.key, path)).status).toBe(200)
  const response = await fetch(`${api.url}/predict-slow`, {
    method: 'POST',
    headers: { 'x-api-key': api.key },
    body: JSON.stringify({ 'petal length': 1, x: 3 }),
  })
  expect(await response.json()).toMatchObject({
    detail: [{ field: 'width/cm', message: 'is missing' }],
  })
})

test('demo keys open the door on loopback', async () => {
  const api = await running()
  await addDemoKeys(api.db, by())
  expect((await ask(api.url, demoKeys[0] ?? '')).status).toBe(200)
})

/** Asks under a name of the server that fetch would not send. */
const statusUnder = (host: string, url: string, key: string) =>
  new Promise<number>((resolve, reject) => {
    const headers = { host, 'x-api-key': key }
    const request = get(`${url}/predict/feature_a/1/feature_b/1`, { headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0))
    })
    request.on('error', reject)
  })

test('demo keys are refused under names that are not of loopback, as a web page could bring them; other keys are not', async () => {
  const api = await running({ config: { allowedHosts: ['demo.example'] } })
  await addDemoKeys(api.db, by())
  const demo = demoKeys[0] ?? ''
  expect(await statusUnder('evil.example', api.url, demo)).toBe(401)
  expect(await statusUnder('evil.example:8000', api.url, api.key)).toBe(200)
  expect(await statusUnder('localhost:8000', api.url, demo)).toBe(200)
  expect(await statusUnder('[::1]:8000', api.url, demo)).toBe(200)
  expect(await statusUnder('demo.example', api.url, demo)).toBe(200)
})

test('a database with demo keys is not served to the outside', async () => {
  const api = await running()
  await addDemoKeys(api.db, by())
  const config = { ...loadConfig({ PORT: '0', HOST: '0.0.0.0' }), database: api.database }
  await expect(startApi(config, createLogger('silent', 'test'))).rejects.toThrow(/demo keys/)
})

test('demo keys that come later do not open a door to the outside', async () => {
  const api = await running({ config: { host: '0.0.0.0' } })
  await addDemoKeys(api.db, by())
  expect((await ask(api.url, demoKeys[0] ?? '')).status).toBe(401)
  expect((await ask(api.url, api.key)).status).toBe(200)
})

test('a queue with as many waiting as it may hold answers 503', async () => {
  const api = await running({ config: { queueLimit: 1 } })
  const post = () =>
    fetch(`${api.url}/predict-slow`, {
      method: 'POST',
      headers: { 'x-api-key': api.key },
      body: '{"feature_a": 1, "feature_b": 1}',
    })
  expect((await post()).status).toBe(202)
  const full = await post()
  expect(full.status).toBe(503)
  expect(full.headers.get('retry-after')).toBe('10')
  expect(await full.json()).toMatchObject({ code: 'queue_full' })
})

test('a key with as many waiting jobs as it may have is answered 429, and others are not', async () => {
  const api = await running({ config: { keyQueueLimit: 1 } })
  const post = (key: string) =>
    fetch(`${api.url}/predict-slow`, {
      method: 'POST',
      headers: { 'x-api-key': key },
      body: '{"feature_a": 1, "feature_b": 1}',
    })
  expect((await post(api.key)).status).toBe(202)
  const refused = await post(api.key)
  expect(refused.status).toBe(429)
  expect(refused.headers.get('retry-after')).toBe('10')
  expect(await refused.json()).toMatchObject({ code: 'too_many_jobs' })
  const { key } = await api.makeKey({ maxJobs: 2 })
  expect([(await post(key)).status, (await post(key)).status]).toEqual([202, 202])
  expect((await post(key)).status).toBe(429)
})

test('stopping waits for the requests under way, and takes no new ones', async () => {
  const api = await runApi()
  const { hostname, port } = new URL(api.url)
  const body = '{"feature_a": 1, "feature_b": 1}'
  const socket = connect(Number(port), hostname)
  socket.write(
    `POST /predict-slow HTTP/1.1\r\nHost: a\r\nX-API-Key: ${api.key}\r\nExpect: 100-continue\r\nContent-Length: ${body.length}\r\n\r\n`,
  )
  const [first] = await once(socket, 'data')
  expect(String(first)).toContain('100 Continue')

  const stopped = api.stop()
  await expect(fetch(api.url)).rejects.toThrow()
  socket.write(body)
  const [answer] = await once(socket, 'data')
  expect(String(answer)).toContain('202 Accepted')
  await stopped
})

test('while it drains it is not ready, answers all the same, and closes each connection with the answer', async () => {
  const api = await runApi()
  const agent = new Agent({ keepAlive: true })
  const request = (path: string) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { 'x-api-key': api.key }
      get(api.url + path, { agent, headers }, (answer) => {
        answer.resume().on('end', () => resolve(answer))
      }).on('error', reject)
    })
  const path = '/predict/feature_a/1.0/feature_b/1.0'
  expect((await request(path)).headers.connection).toBe('keep-alive')

  const stopped = api.drain(2000)
  const ready = await fetch(`${api.url}/readyz`)
  expect(ready.status).toBe(503)
  expect(await ready.json()).toMatchObject({ status: 'stopping' })
  for (const asked of [path, path, '/jobs']) {
    const answer = await request(asked)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers.connection).toBe('close')
  }
  await stopped
  await expect(fetch(api.url)).rejects.toThrow()
})

test('who waits for a result still waits while it drains', async () => {
  const api = await runApi()
  const headers = { 'x-api-key': api.key }
  const body = '{"feature_a": 1, "feature_b": 1}'
  const made = await fetch(`${api.url}/predict-slow`, { method: 'POST', headers, body })
  const { id } = (await made.json()) as { id: string }
  const stopped = api.drain(2000)
  const waiting = fetch(`${api.url}/predict-slow/${id}`, {
    headers: { ...headers, prefer: 'wait=60' },
  })
  await api.db.updateTable('jobs').set({ state: 'cancelled' }).where('id', '=', id).execute()
  expect((await waiting).status).toBe(410)
  await stopped
})
