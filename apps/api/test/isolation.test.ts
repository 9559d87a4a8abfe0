import { generateKey, rotateKey } from '@dsapi/auth'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { endpoints } from '../src/endpoints/list.ts'
import { createApp } from '../src/index.ts'
import { type EndpointRequest, nothing, requestsOf } from './endpoint-requests.ts'
import { type Body, bodyOf, type RunningApi, runApi } from './running-api.ts'

// Every endpoint of the list, with keys that may not use it.

let api: RunningApi
beforeAll(async () => {
  api = await runApi()
})
afterAll(() => api.stop())

type Asked = Omit<EndpointRequest, 'access'>

const features = '{"feature_a": 1, "feature_b": 1}'
const nobody = '00000000-0000-4000-8000-000000000000'

/** Each endpoint that needs a key. */
const keyed = requestsOf(endpoints).filter(({ access }) => access !== 'no key')
const scopes = ['predict', 'jobs', 'admin'] as const
const scoped = scopes.flatMap((scope) =>
  keyed.filter(({ access }) => access === scope).map((request) => ({ ...request, scope })),
)
/** What is found by an id belongs to a key, but for what only an admin may ask for. */
const owned = scoped.filter(({ path, scope }) => path.includes('{id}') && scope !== 'admin')

const ask = async ({ method, path, body, type = 'text/csv' }: Asked, key?: string) => {
  const response = await fetch(api.url + path, {
    method,
    headers: { 'content-type': type, ...(key !== undefined && { 'x-api-key': key }) },
    ...(body !== undefined && { body }),
  })
  // Events go on until the job ends; their beginning says enough.
  const isJson = response.headers.get('content-type')?.includes('json')
  if (!isJson) await response.body?.cancel()
  // A version stands there as it is.
  const answered = isJson ? await bodyOf(response).catch(() => ({}) as Body) : ({} as Body)
  return { status: response.status, body: answered }
}

const withId = (asked: Asked, id: string): Asked => ({
  ...asked,
  path: asked.path.replace('{id}', id),
})

const submit = async (key: string) =>
  (await ask({ method: 'POST', path: '/predict-slow', body: features }, key)).body.id

describe.each(keyed)('$method $path', (route) => {
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
})

describe.each(scoped)('$method $path', (route) => {
  const asked = withId(route, nobody)

  test('with a key of every scope but its own answers 403', async () => {
    const others = scopes.filter((scope) => scope !== route.scope)
    const { key } = await api.makeKey({ scopes: others })
    const { status, body } = await ask(asked, key)
    expect(status).toBe(403)
    const message = `This API Key lacks the scope ${route.scope}`
    expect(body.code).toBe('forbidden')
    // Some protocols have the message in another member.
    expect([body.message, body.error]).toContain(message)
  })

  test('with its own scope is let in', async () => {
    const { key } = await api.makeKey({ scopes: [route.scope] })
    expect([200, 201, 202, 404, 409]).toContain((await ask(asked, key)).status)
  })
})

describe.each(owned)('$method $path', (route) => {
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

describe.each(keyed.filter(({ access }) => access === 'any key'))('$method $path', (route) => {
  test.each(scopes)('is answered to a key with the scope %s', async (scope) => {
    const { key } = await api.makeKey({ scopes: [scope] })
    // A protocol may have what this server does in another way.
    expect([200, 501]).toContain((await ask(withId(route, nobody), key)).status)
  })
})

/** They answer with what concerns the process and the API, and with nobody's data. */
const open = [
  ...['/livez', '/healthz', '/readyz', '/metrics', '/openapi.json'],
  ...['/docs', '/docs/api', '/docs/search.json', '/docs/:folder/:page'],
  ...['/', '/v2/health/live', '/v2/health/ready'],
  ...['/ping', '/health', '/models/:model/ping', '/models/:model/health'],
  ...['/v2/models/:model/ready', '/v2/models/:model/versions/:version/ready'],
]

test('no other endpoint than these is answered without a key', () => {
  const needNone = endpoints.filter(({ access }) => access === 'no key').map(({ path }) => path)
  expect(needNone.toSorted()).toEqual(open.toSorted())
})

test('every route of the app is in the list of endpoints', () => {
  const listed = endpoints.map(({ path }) => path)
  for (const { path } of createApp(nothing).routes) {
    if (path !== '/*') expect(listed).toContain(path)
  }
})

test('paths that are not there answer 401 and 404, so nobody without a key learns which are', async () => {
  const asked = { method: 'GET', path: '/no/such/path' }
  expect((await ask(asked)).status).toBe(401)
  expect((await ask(asked, generateKey())).status).toBe(401)
  expect((await ask(asked, api.key)).status).toBe(404)
})
