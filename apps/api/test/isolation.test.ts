import { generateKey, rotateKey } from '@dsapi/auth'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AppDeps, createApp } from '../src/index.ts'
import { type Body, bodyOf, type RunningApi, runApi } from './running-api.ts'

// Every route, asked by those who may not.

let api: RunningApi
beforeAll(async () => {
  api = await runApi()
})
afterAll(() => api.stop())

type Asked = { readonly method: string; readonly path: string; readonly body?: string }

const features = '{"feature_a": 1, "feature_b": 1}'
const nobody = '00000000-0000-4000-8000-000000000000'

/** Each route with the scope that it needs. `{id}` stands for something that a key has made. */
const routes: readonly (Asked & { readonly scope: 'predict' | 'jobs' | 'admin' })[] = [
  { method: 'GET', path: '/predict/feature_a/1/feature_b/1', scope: 'predict' },
  { method: 'POST', path: '/predict', body: '{"instances": []}', scope: 'predict' },
  { method: 'POST', path: '/predict-slow', body: features, scope: 'predict' },
  { method: 'GET', path: '/predict-slow/{id}', scope: 'predict' },
  { method: 'GET', path: '/jobs', scope: 'jobs' },
  { method: 'GET', path: '/jobs/stats', scope: 'admin' },
  { method: 'POST', path: '/jobs/batch', body: 'feature_a,feature_b\n1,1\n', scope: 'predict' },
  { method: 'GET', path: '/jobs/{id}', scope: 'jobs' },
  { method: 'GET', path: '/jobs/{id}/result', scope: 'jobs' },
  { method: 'GET', path: '/jobs/{id}/events', scope: 'jobs' },
  { method: 'DELETE', path: '/jobs/{id}', scope: 'jobs' },
  { method: 'GET', path: '/keys', scope: 'admin' },
  { method: 'POST', path: '/keys', body: '{"name": "x"}', scope: 'admin' },
  { method: 'GET', path: '/keys/audit', scope: 'admin' },
  { method: 'GET', path: `/keys/${nobody}`, scope: 'admin' },
  { method: 'POST', path: `/keys/${nobody}/rotate`, scope: 'admin' },
  { method: 'POST', path: `/keys/${nobody}/disable`, scope: 'admin' },
  { method: 'POST', path: `/keys/${nobody}/enable`, scope: 'admin' },
  { method: 'POST', path: `/keys/${nobody}/revoke`, scope: 'admin' },
]

const ask = async ({ method, path, body }: Asked, key?: string) => {
  const response = await fetch(api.url + path, {
    method,
    headers: { 'content-type': 'text/csv', ...(key !== undefined && { 'x-api-key': key }) },
    ...(body !== undefined && { body }),
  })
  // Events go on until the job ends; their beginning says enough.
  const isJson = response.headers.get('content-type')?.includes('json')
  if (!isJson) await response.body?.cancel()
  return { status: response.status, body: isJson ? await bodyOf(response) : ({} as Body) }
}

const withId = (asked: Asked, id: string): Asked => ({
  ...asked,
  path: asked.path.replace('{id}', id),
})

const submit = async (key: string) =>
  (await ask({ method: 'POST', path: '/predict-slow', body: features }, key)).body.id

describe.each(routes)('$method $path', (route) => {
  const asked = withId(route, nobody)

  test('without a key answers 401', async () => {
    expect(await ask(asked)).toMatchObject({ status: 401, body: { code: 'missing_api_key' } })
  })

  test('with a wrong key answers 401', async () => {
    expect(await ask(asked, generateKey())).toMatchObject({
      status: 401,
      body: { code: 'invalid_api_key' },
    })
  })

  test('with a key of every scope but its own answers 403', async () => {
    const others = (['predict', 'jobs', 'admin'] as const).filter((scope) => scope !== route.scope)
    const { key } = await api.makeKey({ scopes: others })
    const { status, body } = await ask(asked, key)
    expect(status).toBe(403)
    expect(body).toMatchObject({
      code: 'forbidden',
      message: `This API Key may not do this: it lacks the scope ${route.scope}`,
    })
  })

  test('with its own scope is let in', async () => {
    const { key } = await api.makeKey({ scopes: [route.scope] })
    expect([200, 201, 202, 404]).toContain((await ask(asked, key)).status)
  })
})

describe.each(routes.filter(({ path }) => path.includes('{id}')))('$method $path', (route) => {
  test("answers about another key's as about one that there is not", async () => {
    const unknown = await ask(withId(route, nobody), api.otherKey)
    const theirs = await ask(withId(route, await submit(api.key)), api.otherKey)
    expect({ ...theirs.body, request_id: '' }).toEqual({ ...unknown.body, request_id: '' })
    expect(theirs.status).toBe(404)
  })

  test('belongs to the successors of a rotated key, and to the key before', async () => {
    const first = await api.makeKey()
    const by = { actor: 'cli:test', now: Date.now() } as const
    const second = await rotateKey(api.db, first.stored.id, 60_000, by)
    const third = await rotateKey(api.db, second.stored.id, 60_000, by)
    const id = await submit(second.key)
    for (const { key } of [first, second, third]) {
      expect((await ask(withId(route, id), key)).body.code).not.toBe('not_found')
    }
  })
})

test('what the idempotency keys of one key stand for, another key does not learn', async () => {
  const post = async (key: string, feature: number) =>
    fetch(`${api.url}/predict-slow`, {
      method: 'POST',
      headers: { 'x-api-key': key, 'idempotency-key': 'order 7' },
      body: JSON.stringify({ feature_a: feature, feature_b: 1 }),
    })
  const mine = await bodyOf(await post(api.key, 1))
  const theirs = await post(api.otherKey, 2)
  expect(theirs.status).toBe(202)
  expect((await bodyOf(theirs)).id).not.toBe(mine.id)
})

/** They tell of the process and of what can be asked, and of nobody's data. */
const open = [
  ...['/livez', '/healthz', '/readyz', '/metrics', '/openapi.json'],
  ...['/docs', '/docs/api', '/docs/search.json', '/docs/:folder/:page'],
]

/** What needs a key and no scope: it tells of the key itself. */
const ofAnyKey = ['/keys/self']

test('every route of the app is in the table', () => {
  const paths = routes.map(({ path }) => path.replace('{id}', nobody).replace(nobody, ':id'))
  const known = [...paths, ...open, ...ofAnyKey, '/predict/*', '/keys/']
  for (const { path } of createApp({ corsOrigins: [] as readonly string[] } as AppDeps).routes) {
    if (['/*', '/keys/*', '/predict-slow/*'].includes(path)) continue
    expect(known).toContain(path)
  }
})

test('paths that are not there answer 401 and 404, so nobody without a key learns which are', async () => {
  const asked = { method: 'GET', path: '/no/such/path' }
  expect((await ask(asked)).status).toBe(401)
  expect((await ask(asked, generateKey())).status).toBe(401)
  expect((await ask(asked, api.key)).status).toBe(404)
})
