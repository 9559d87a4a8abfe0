import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningApi, runApi } from './running-api.ts'

let api: RunningApi
let admin: { readonly key: string; readonly id: string }
beforeAll(async () => {
  api = await runApi()
  const { key, stored } = await api.makeKey({ scopes: ['admin'] })
  admin = { key, id: stored.id }
})
afterAll(() => api.stop())

const send = async (method: string, path: string, body?: unknown) => {
  const response = await fetch(`${api.url}/keys${path}`, {
    method,
    headers: { authorization: `Bearer ${admin.key}` },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  }
}

const create = async (wishes: Record<string, unknown> = {}) => {
  const { body } = await send('POST', '', { name: 'made', ...wishes })
  return { id: String(body.id), key: String(body.key) }
}

const statusWith = async (key: string) =>
  (await fetch(`${api.url}/predict/feature_a/1/feature_b/1`, { headers: { 'x-api-key': key } }))
    .status

describe('POST /keys', () => {
  test('makes a key that works at once, and shows it in no other answer', async () => {
    const made = await send('POST', '', {
      name: 'report',
      note: 'ask Ann',
      scopes: ['predict'],
      models: ['default', 'churn'],
      rate: '100/s',
      daily_quota: 1000,
      max_jobs: 50,
      expires_in: '90d',
    })
    expect(made.status).toBe(201)
    expect(made.headers.get('location')).toBe(`/keys/${made.body.id}`)
    expect(made.headers.get('cache-control')).toBe('no-store')
    expect(made.body).toMatchObject({
      key: expect.stringMatching(/^dsapi_\w{38}$/),
      state: 'active',
      scopes: ['predict'],
      models: ['default', 'churn'],
      rate: '100/s',
      daily_quota: 1000,
      max_jobs: 50,
      created_by: `key:${admin.id}`,
    })
    expect(await statusWith(String(made.body.key))).toBe(200)
    const shown = await send('GET', `/${made.body.id}`)
    expect(shown.body).toEqual({ ...made.body, key: shown.body.key, last_used_at: null })
    expect(JSON.stringify(shown.body)).not.toContain(made.body.key)
  })

  test.each([
    [{}, 'name'],
    [{ name: '' }, 'name'],
    [{ name: 'a\u001b[31m' }, 'name'],
    [{ name: 'a\u202eb' }, 'name'],
    [{ name: 'a\u2028b' }, 'name'],
    [{ name: 'a', note: 'a\u2066b' }, 'note'],
    [{ name: 'a', scopes: ['root'] }, 'scopes.0'],
    [{ name: 'a', models: [] }, 'models'],
    [{ name: 'a', models: ['no name'] }, 'models.0'],
    [{ name: 'a', scopes: [] }, 'scopes'],
    [{ name: 'a', rate: 'fast' }, 'rate'],
    [{ name: 'a', daily_quota: 1.5 }, 'daily_quota'],
    [{ name: 'a', max_jobs: 0 }, 'max_jobs'],
    [{ name: 'a', expires_in: '1y' }, 'expires_in'],
    [{ name: 'a', key: 'mine' }, ''],
    ['text', ''],
    [null, ''],
    [[], ''],
  ])('refuses %j and names the field', async (body, field) => {
    const answer = await send('POST', '', body)
    expect(answer.status).toBe(400)
    expect(answer.body).toMatchObject({ code: 'invalid_body', detail: [{ field }] })
  })
})

describe('the life of a key', () => {
  test('is disabled, enabled and revoked over HTTP', async () => {
    const { id, key } = await create()
    expect(await statusWith(key)).toBe(200)
    expect((await send('POST', `/${id}/disable`)).body).toMatchObject({ state: 'disabled' })
    await setTimeout(1001)
    expect(await statusWith(key)).toBe(401)
    expect((await send('POST', `/${id}/enable`)).body).toMatchObject({ state: 'active' })
    expect(await statusWith(key)).toBe(200)
    expect((await send('POST', `/${id}/revoke`)).body).toMatchObject({ state: 'revoked' })
    expect((await send('POST', `/${id}/revoke`)).status).toBe(409)
    await setTimeout(1001)
    expect(await statusWith(key)).toBe(401)
  })

  test('a rotation leaves both working until the grace is over', async () => {
    const { id, key } = await create()
    const { status, body } = await send('POST', `/${id}/rotate`, { grace: '1s' })
    expect(status).toBe(201)
    expect(await statusWith(String(body.key))).toBe(200)
    await setTimeout(1001)
    expect(await statusWith(key)).toBe(401)
    expect(await statusWith(String(body.key))).toBe(200)
    expect((await send('POST', `/${id}/rotate`)).status).toBe(409)
  })

  test('a rotation has a day of grace when nothing else is asked for', async () => {
    const { id } = await create()
    await send('POST', `/${id}/rotate`)
    const { body } = await send('GET', `/${id}`)
    const left = Date.parse(String(body.expires_at)) - Date.now()
    expect(left / 3_600_000).toBeCloseTo(24, 1)
  })

  test('every step is in the audit', async () => {
    const { id } = await create()
    await send('POST', `/${id}/disable`)
    const { body } = await send('GET', `/audit?key=${id}`)
    expect(body.audit).toMatchObject([
      { actor: `key:${admin.id}`, action: 'disable', key_id: id },
      { actor: `key:${admin.id}`, action: 'create', key_id: id },
    ])
  })
})

describe('PATCH /keys/{id}', () => {
  test('changes what the body names, and records it before and after', async () => {
    const { id, key } = await create({
      rate: '100/s',
      daily_quota: 5,
      max_jobs: 9,
      models: ['churn'],
    })
    const limits = { rate: null, daily_quota: 7, max_jobs: null, models: null }
    const change = { name: 'shop', note: 'ask Ann', ...limits }
    const changed = await send('PATCH', `/${id}`, change)
    expect(changed).toMatchObject({ status: 200, body: { ...change, scopes: ['predict', 'jobs'] } })
    expect((await send('GET', `/${id}`)).body).toMatchObject(change)
    const { body } = await send('GET', `/audit?key=${id}&limit=1`)
    expect(body.audit).toMatchObject([
      {
        ...{ actor: `key:${admin.id}`, action: 'change' },
        detail: {
          before: {
            ...{ name: 'made', note: '', rate: '100/s', daily_quota: 5, max_jobs: 9 },
            models: ['churn'],
          },
          after: change,
        },
      },
    ])
    const own = await fetch(`${api.url}/keys/self`, { headers: { 'x-api-key': key } })
    expect(await own.text()).not.toContain('ask Ann')
  })

  test('takes effect within a second', async () => {
    const { id, key } = await create()
    expect(await statusWith(key)).toBe(200)
    await send('PATCH', `/${id}`, { scopes: ['jobs'] })
    await setTimeout(1000)
    expect(await statusWith(key)).toBe(403)
  })

  test('moves the end, which must be in the future', async () => {
    const { id } = await create({ expires_in: '1h' })
    const end = '2100-01-01T00:00:00.000Z'
    expect((await send('PATCH', `/${id}`, { expires_at: end })).body.expires_at).toBe(end)
    expect((await send('PATCH', `/${id}`, { expires_at: null })).body.expires_at).toBeNull()
    const past = await send('PATCH', `/${id}`, { expires_at: '2020-01-01T00:00:00Z' })
    expect(past).toMatchObject({ status: 400, body: { detail: [{ field: 'expires_at' }] } })
  })

  test.each([
    [{ scopes: ['predict', 'admin'] }, 'scopes'],
    [{ scopes: [] }, 'scopes'],
    [{ name: null }, 'name'],
    [{ rate: 'fast' }, 'rate'],
    [{ expires_at: 'tomorrow' }, 'expires_at'],
    [{ created_by: 'me' }, ''],
    [{}, ''],
  ])('refuses %j', async (change, field) => {
    const { id } = await create()
    expect(await send('PATCH', `/${id}`, change)).toMatchObject({
      status: 400,
      body: {
        code: 'invalid_body',
        detail: expect.arrayContaining([expect.objectContaining({ field })]),
      },
    })
  })

  test('leaves the audit alone where nothing changes, and a revoked key as it is', async () => {
    const { id } = await create()
    await send('PATCH', `/${id}`, { name: 'made', scopes: ['predict', 'jobs'] })
    const { body } = await send('GET', `/audit?key=${id}`)
    expect(body.audit).toMatchObject([{ action: 'create' }])
    await send('POST', `/${id}/revoke`)
    expect((await send('PATCH', `/${id}`, { note: 'late' })).status).toBe(409)
  })
})

test('an unknown key is 404 and another method 405', async () => {
  expect((await send('GET', '/nobody')).status).toBe(404)
  expect((await send('POST', '/nobody/revoke')).status).toBe(404)
  const wrong = await send('DELETE', '')
  expect(wrong.status).toBe(405)
  expect(wrong.headers.get('allow')).toBe('GET, HEAD, POST')
})

test('no answer holds a hash', async () => {
  const stored = await api.db.selectFrom('api_keys').select('hash').execute()
  for (const path of ['', '/audit', `/${admin.id}`]) {
    const text = JSON.stringify((await send('GET', path)).body)
    for (const { hash } of stored) expect(text).not.toContain(hash)
  }
})

describe('GET /keys/self', () => {
  const ownOf = async (key: string) => {
    const response = await fetch(`${api.url}/keys/self`, { headers: { 'x-api-key': key } })
    return { status: response.status, headers: response.headers, text: await response.text() }
  }

  test('shows the holder of a key who has rotated it, and that another key reads its jobs', async () => {
    const { id, key } = await create({ note: 'pays late', scopes: ['jobs'] })
    const rotated = await send('POST', `/${id}/rotate`, { grace: '1h' })
    const own = await ownOf(key)
    expect(own.status).toBe(200)
    expect(own.headers.get('cache-control')).toBe('no-store')
    const actor = `key:${admin.id}`
    expect(JSON.parse(own.text)).toMatchObject({
      id,
      replaced_by: rotated.body.id,
      line: [
        { id, replaced_by: rotated.body.id },
        { id: rotated.body.id, created_by: actor, replaced_by: null },
      ],
      history: [
        { action: 'create', key_id: rotated.body.id, actor, detail: { rotated_from: id } },
        { action: 'rotate', key_id: id, actor },
        { action: 'create', key_id: id, actor },
      ],
    })
    expect(JSON.parse((await ownOf(String(rotated.body.key))).text)).toMatchObject({
      id: rotated.body.id,
      line: [{ id }, { id: rotated.body.id }],
    })
  })

  test('shows neither the note, nor a whole key, nor anything of other owners', async () => {
    const { key } = await create({ note: 'pays late' })
    const { text } = await ownOf(key)
    expect(text).not.toContain('pays late')
    expect(text).not.toContain(key)
    expect(JSON.parse(text).line).toHaveLength(1)
    expect(JSON.parse(text).history).toHaveLength(1)
  })

  test('needs a key, and no method but GET', async () => {
    expect((await fetch(`${api.url}/keys/self`)).status).toBe(401)
    const { key } = await create()
    const headers = { 'x-api-key': key }
    const wrong = await fetch(`${api.url}/keys/self`, { method: 'POST', headers })
    expect(wrong.status).toBe(405)
    expect(wrong.headers.get('allow')).toBe('GET, HEAD')
  })
})

test('an admin who rotates a key does not take its jobs from its owner', async () => {
  const { id, key } = await create({ scopes: ['predict', 'jobs'] })
  const submitted = await fetch(`${api.url}/predict-slow`, {
    method: 'POST',
    headers: { 'x-api-key': key },
    body: '{"feature_a": 1, "feature_b": 1}',
  })
  const { id: job } = (await submitted.json()) as { id: string }
  const successor = await send('POST', `/${id}/rotate`, { grace: '1h' })
  for (const each of [key, String(successor.body.key)]) {
    const read = await fetch(`${api.url}/jobs/${job}`, { headers: { 'x-api-key': each } })
    expect(read.status).toBe(200)
  }
})

describe('a key that is bound to models', () => {
  const bound = async (): Promise<Record<string, string>> => {
    const { key } = await api.makeKey({ scopes: ['admin'], models: ['churn'] })
    return { authorization: `Bearer ${key}` }
  }

  test.each([
    ['GET', ''],
    ['POST', ''],
    ['GET', '/audit'],
    ['GET', '/ID'],
    ['PATCH', '/ID'],
    ['POST', '/ID/rotate'],
    ['POST', '/ID/enable'],
  ])('manages no keys, also as an admin: %s /keys%s', async (method, path) => {
    const url = `${api.url}/keys${path.replace('ID', admin.id)}`
    const body = method === 'GET' ? null : '{"name": "all"}'
    const response = await fetch(url, { method, body, headers: await bound() })
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ code: 'forbidden' })
  })

  test('learns from /keys/self which models it may use', async () => {
    const response = await fetch(`${api.url}/keys/self`, { headers: await bound() })
    expect(await response.json()).toMatchObject({ models: ['churn'] })
  })
})
