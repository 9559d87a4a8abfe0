import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { endpoints } from '../../src/endpoints/list.ts'
import { type RunningApi, runApi } from '../running-api.ts'
import { type Asked, postJson, sameOrigin, signedInWith } from './browser.ts'

// One table of all endpoints, so that a new one cannot be forgotten.

let api: RunningApi
let cookie: string
beforeAll(async () => {
  api = await runApi({ config: { corsOrigins: ['*'] } })
  const { key } = await api.makeKey({ scopes: ['admin', 'jobs', 'predict'] })
  cookie = (await signedInWith(api, key)).cookie
})
afterAll(() => api.stop())

const unknown = '00000000-0000-4000-8000-000000000000'
const concrete = (path: string) =>
  path.replaceAll(/:\w+(?:\{[^}]*\})?/g, unknown).replace('*', 'feature_a/1/feature_b/1')

const ofEndpoints = endpoints.map(
  ({ method, path }) => [method.toUpperCase(), `/console/api${concrete(path)}`] as const,
)
const ofSessions = [
  ['GET', '/console/session'],
  ['GET', '/console/sessions'],
  ['DELETE', `/console/sessions/${unknown}`],
] as const
const all = [...ofEndpoints, ...ofSessions]

const ask = (method: string, path: string, headers: Record<string, string>) =>
  fetch(api.url + path, { method, headers } satisfies Asked)

const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code

test('the table has every endpoint of the API', () => {
  expect(ofEndpoints.length).toBeGreaterThan(50)
})

describe.each(all)('%s %s', (method, path) => {
  test('needs a session, and no key takes its place', async () => {
    const answer = await ask(method, path, sameOrigin)
    expect(answer.status).toBe(401)
    expect(await codeOf(answer)).toBe('no_session')
    const withKey = await ask(method, path, { ...sameOrigin, 'x-api-key': api.key })
    expect(withKey.status).toBe(400)
  })

  test('is for pages of this server alone', async () => {
    const foreign: readonly Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' }, // Another port of the same host.
      { 'sec-fetch-site': 'none' },
      { origin: 'null' },
      { origin: 'https://evil.example' },
      {},
    ]
    for (const headers of foreign) {
      const answer = await ask(method, path, { cookie, ...headers })
      expect(answer.status, JSON.stringify(headers)).toBe(403)
      expect(await codeOf(answer)).toBe('cross_site')
      expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    }
  })

  test('refuses a session that comes with a key', async () => {
    for (const header of [{ 'x-api-key': api.key }, { authorization: `Bearer ${api.key}` }]) {
      const answer = await ask(method, path, { ...sameOrigin, cookie, ...header })
      expect(answer.status).toBe(400)
    }
  })
})

test.each(ofEndpoints.filter(([method]) => method === 'GET'))(
  '%s %s is answered as without the console',
  async (method, path) => {
    if (path.includes('/docs') || path.endsWith('/metrics')) return
    const answer = await ask(method, path, { ...sameOrigin, cookie })
    expect(answer.status).not.toBe(401)
    expect([500, 502, 503]).not.toContain(answer.status)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('vary')).toContain('Sec-Fetch-Site, Origin, Cookie')
    await answer.body?.cancel()
  },
)

test('the page asks whether it has a session, and none is no error', async () => {
  const without = await ask('GET', '/console/session?optional=true', sameOrigin)
  expect(without.status).toBe(204)
  const signedIn = { ...sameOrigin, cookie }
  expect((await ask('GET', '/console/session?optional=true', signedIn)).status).toBe(200)
})

test('a preflight of another site allows nothing', async () => {
  for (const path of ['/console', '/console/session', '/console/api/keys']) {
    const answer = await ask('OPTIONS', path, {
      ...{ origin: 'https://evil.example', 'access-control-request-method': 'GET' },
      ...{ 'access-control-request-headers': 'x-dsapi-console' },
    })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  }
})

test('over plain HTTP, where browsers send no Sec-Fetch-Site, a header of the console stands for it', async () => {
  const own = { cookie, 'x-dsapi-console': '1' }
  expect((await ask('GET', '/console/session', own)).status).toBe(200)
  expect((await ask('DELETE', `/console/sessions/${unknown}`, own)).status).toBe(403)
  const withOrigin = { cookie, origin: api.url }
  expect((await ask('DELETE', `/console/sessions/${unknown}`, withOrigin)).status).toBe(404)
})

test('without the console nothing is left of it', async () => {
  const without = await runApi({ config: { console: 'off' } })
  const headers = { ...sameOrigin, 'x-api-key': without.key }
  for (const path of ['/console', '/console/session', '/console/sessions', '/console/api/jobs']) {
    expect((await fetch(without.url + path, { headers })).status).toBe(404)
  }
  await without.stop()
})

test('predictions take from the rate of the key, and reading does not', async () => {
  const { key } = await api.makeKey({ rate: { requests: 2, seconds: 3600 } })
  const { ask } = await signedInWith(api, key)
  for (let count = 0; count < 5; count++) expect((await ask('/api/jobs')).status).toBe(200)
  const predict = async () => (await ask('/api/predict/feature_a/1/feature_b/1')).status
  expect([await predict(), await predict(), await predict()]).toEqual([200, 200, 429])
  const body = postJson({ instances: [[1, 1]] })
  expect((await ask('/api/predict', body)).status).toBe(429)
  expect((await ask('/api/jobs')).status).toBe(200)
})
