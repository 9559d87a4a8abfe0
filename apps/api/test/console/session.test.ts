import {
  createSessionFinder,
  createSignInCode,
  type FollowedKeys,
  followKeys,
  readAudit,
  revokeKey,
} from '@dsapi/auth'
import { storeModel } from '@dsapi/registry'
import { waitFor } from '@dsapi/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { capturedLog } from '../captured-log.ts'
import { fitted, type RunningApi, runApi } from '../running-api.ts'
import { cookieOf, postJson, signedInWith, signInWith } from './browser.ts'

const log = capturedLog()
const written = () => JSON.stringify(log.lines())
let api: RunningApi
let admin: string
let keys: FollowedKeys
beforeAll(async () => {
  api = await runApi({ logger: log.logger })
  keys = await followKeys(api.db, { onError: () => {} })
  admin = (await api.makeKey({ name: 'boss', scopes: ['admin', 'jobs', 'predict'] })).key
})
afterAll(async () => {
  await keys.stop()
  await api.stop()
})

const by = () => ({ actor: 'cli:test', now: Date.now() }) as const
const bodyOf = async (answer: Response) => (await answer.json()) as Record<string, unknown>

describe('signing in', () => {
  test('answers with the rights of the key and a cookie that no script can read', async () => {
    const { key, stored } = await api.makeKey({ name: 'nightly' })
    const answer = await signInWith(api, { key })
    expect(answer.status).toBe(201)
    const body = await bodyOf(answer)
    expect(body).toEqual({
      name: 'nightly',
      scopes: ['predict', 'jobs'],
      key_id: stored.id,
      expires_at: expect.any(String),
    })
    const hours = (Date.parse(String(body.expires_at)) - Date.now()) / 3_600_000
    expect(hours).toBeGreaterThan(11.9)
    expect(hours).toBeLessThanOrEqual(12)
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        new RegExp(
          `^dsapi-${new URL(api.url).port}=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict$`,
        ),
      ),
    ])
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test('over HTTPS sets a cookie for this host and HTTPS alone', async () => {
    const answer = await signInWith(api, { key: api.key }, { origin: 'https://api.example.com' })
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        new RegExp(
          `^__Host-dsapi-${new URL(api.url).port}=[A-Za-z0-9_-]{43}; Path=/; Secure; HttpOnly; SameSite=Strict$`,
        ),
      ),
    ])
    const headers = { 'sec-fetch-site': 'same-origin', cookie: cookieOf(answer) }
    expect((await fetch(`${api.url}/console/session`, { headers })).status).toBe(200)
  })

  test.each(['http://box.example', 'null', undefined])(
    'from %s is refused, because others can read the key',
    async (origin) => {
      const sent = postJson({ key: api.key }, origin === undefined ? {} : { origin })
      const answer = await fetch(`${api.url}/console/session`, sent)
      expect(answer.status).toBe(403)
      expect((await bodyOf(answer)).code).toBe('insecure_transport')
    },
  )

  test('has one answer for all wrong keys', async () => {
    const { key, stored } = await api.makeKey()
    await revokeKey(api.db, stored.id, by())
    const ask = () => fetch(`${api.url}/keys/self`, { headers: { 'x-api-key': key } })
    await waitFor(async () => (await ask()).status === 401) // Within a second.
    const wrong = [key, `dsapi_${'a'.repeat(38)}`, 'x', 'ключ']
    for (const text of wrong) {
      const answer = await signInWith(api, { key: text })
      expect(answer.status, text).toBe(401)
      expect(await bodyOf(answer)).toMatchObject({
        code: 'invalid_api_key',
        message: 'Invalid API Key',
      })
      expect(answer.headers.getSetCookie()).toEqual([])
    }
  })

  test.each([
    ['more than 1 KiB', { key: 'a'.repeat(2000) }, 413],
    ['neither a key nor a code', {}, 400],
    ['both', { key: 'a', code: 'b' }, 400],
    ['a list', [], 400],
  ])('with %s is refused', async (_, body, status) => {
    const answer = await fetch(`${api.url}/console/session`, postJson(body, { origin: api.url }))
    expect(answer.status).toBe(status)
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])(
    'by a form of the type %s is refused',
    async (type) => {
      const answer = await signInWith(api, { key: api.key }, { 'content-type': type })
      expect(answer.status).toBe(415)
    },
  )

  test('ends the session that the browser had before', async () => {
    const first = await signedInWith(api, api.key)
    await signInWith(api, { key: api.key }, { cookie: first.cookie })
    await waitFor(async () => (await first.ask('/session')).status === 401)
  })

  test('for the 21st time ends the oldest session of the key', async () => {
    const own = await runApi()
    const first = await signedInWith(own, own.key)
    const second = await signedInWith(own, own.key)
    for (let count = 3; count <= 21; count++) {
      expect((await signInWith(own, { key: own.key })).status).toBe(201)
    }
    await waitFor(async () => (await first.ask('/session')).status === 401)
    expect((await second.ask('/session')).status).toBe(200)
    await own.stop()
  })

  test('is possible 30 times a minute from one address', async () => {
    const own = await runApi()
    const statuses: number[] = []
    for (let count = 0; count < 31; count++) {
      statuses.push((await signInWith(own, { key: own.key })).status)
    }
    expect(statuses).toEqual([...Array(30).fill(201), 429])
    await own.stop()
  })

  test('leaves the key and the token in no log and in no table', async () => {
    const { cookie, ask } = await signedInWith(api, api.key)
    const token = cookie.split('=')[1]
    await ask(`/api/jobs/${token}`)
    const { code } = await createSignInCode(api.db, by())
    await signInWith(api, { code })
    const tables = JSON.stringify([
      await api.db.selectFrom('console_sessions').selectAll().execute(),
      await api.db.selectFrom('console_codes').selectAll().execute(),
      await api.db.selectFrom('audit').selectAll().execute(),
    ])
    for (const secret of [api.key, token, code]) {
      expect(tables).not.toContain(secret)
      expect(written()).not.toContain(secret)
    }
    expect(written()).toContain('/console/session')
  })
})

describe('a code of the command line', () => {
  test('opens one session, of an admin without a key', async () => {
    const { code } = await createSignInCode(api.db, by())
    const answer = await signInWith(api, { code })
    expect(answer.status).toBe(201)
    expect(await bodyOf(answer)).toMatchObject({
      name: 'cli:test',
      scopes: ['admin'],
      key_id: null,
    })
    const headers = { 'sec-fetch-site': 'same-origin', cookie: cookieOf(answer) }
    expect((await fetch(`${api.url}/console/api/keys`, { headers })).status).toBe(200)
    const created = await fetch(`${api.url}/console/api/keys`, {
      ...postJson({ name: 'made in the console' }, { cookie: cookieOf(answer) }),
    })
    expect(await bodyOf(created)).toMatchObject({ created_by: 'cli:test' })
    expect((await signInWith(api, { code })).status).toBe(401)
  })

  test('is refused after a minute', async () => {
    const { code } = await createSignInCode(api.db, { ...by(), now: Date.now() - 61_000 })
    expect((await signInWith(api, { code })).status).toBe(401)
  })
})

describe('a session', () => {
  test('ends when it is signed out', async () => {
    const { ask } = await signedInWith(api, api.key)
    const answer = await ask('/session', { method: 'DELETE' })
    expect(answer.status).toBe(204)
    expect(answer.headers.get('clear-site-data')).toBe('"cache"')
    expect(answer.headers.getSetCookie().join()).toContain('Max-Age=0')
    await waitFor(async () => (await ask('/session')).status === 401)
  })

  test('ends after half an hour in which nobody did anything, although its page went on asking', async () => {
    const { cookie } = await signedInWith(api, api.key)
    const { id } = await newestSession()
    const wasSeen = (minutesAgo: number) =>
      api.db
        .updateTable('console_sessions')
        .set({ seen_at: Date.now() - minutesAgo * 60_000 })
        .where('id', '=', id)
        .execute()
    const seenSecondsAgo = async () => (Date.now() - (await newestSession()).seen_at) / 1000
    /** With nothing in memory. */
    const look = async (isPoll: boolean) => {
      const find = createSessionFinder(api.db, keys)
      return (await find(cookie.split('=')[1], !isPoll)) !== undefined
    }
    await wasSeen(20)
    expect(await look(true)).toBe(true)
    expect(await seenSecondsAgo()).toBeGreaterThan(60)
    expect(await look(false)).toBe(true)
    expect(await seenSecondsAgo()).toBeLessThan(60)
    await wasSeen(31)
    expect(await look(false)).toBe(false)
  })

  test('ends when its time is over, and never later than its key', async () => {
    const expiresAt = Date.now() + 60_000
    const { key } = await api.makeKey({ expiresAt })
    const answer = await signInWith(api, { key })
    expect(await bodyOf(answer)).toMatchObject({ expires_at: new Date(expiresAt).toISOString() })
  })

  test('is listed for admins, who can end it', async () => {
    const { ask } = await signedInWith(api, admin)
    const other = await signedInWith(api, api.key)
    const { sessions } = (await bodyOf(await ask('/sessions'))) as {
      sessions: readonly Record<string, unknown>[]
    }
    const [newest] = sessions
    expect(newest).toEqual({
      ...{ id: expect.any(String), name: 'test', key_id: expect.any(String), current: false },
      ...{ created_at: expect.any(String), seen_at: expect.any(String) },
      ...{ expires_at: expect.any(String), address: '127.0.0.1', agent: expect.any(String) },
    })
    expect(sessions.find(({ current }) => current === true)).toMatchObject({ name: 'boss' })
    expect((await ask(`/sessions/${newest.id}`, { method: 'DELETE' })).status).toBe(204)
    await waitFor(async () => (await other.ask('/session')).status === 401)
    expect((await ask(`/sessions/${newest.id}`, { method: 'DELETE' })).status).toBe(404)
  })

  test('of another key sees no sessions', async () => {
    const { ask } = await signedInWith(api, api.key)
    expect((await ask('/sessions')).status).toBe(403)
    expect((await ask('/api/keys')).status).toBe(403)
  })

  test('is named in the audit of the models that are changed in it', async () => {
    const { ask } = await signedInWith(api, admin)
    const { id } = await newestSession()
    await storeModel(api.db, fitted(['x', 'y']), Date.now())
    const change = { ...postJson({ version: 1 }), method: 'PUT' }
    const answer = await ask('/api/models/default/served', change)
    expect(answer.status).toBe(200)
    const entries = await api.db.selectFrom('model_audit').selectAll().execute()
    expect(JSON.parse(entries.at(-1)?.detail ?? '')).toMatchObject({ via: 'console', session: id })
  })

  test('leaves its beginning, its changes and its end in the audit', async () => {
    const { key, stored } = await api.makeKey({ name: 'auditor', scopes: ['admin'] })
    const { ask } = await signedInWith(api, key)
    const made = await bodyOf(await ask('/api/keys', postJson({ name: 'by hand' })))
    await ask('/session', { method: 'DELETE' })
    const ofKey = await readAudit(api.db, { keyId: stored.id, limit: 10 })
    expect(ofKey.map(({ action }) => action)).toEqual(['sign_out', 'sign_in', 'create'])
    expect(ofKey[1]).toMatchObject({ actor: `key:${stored.id}` })
    const [created] = await readAudit(api.db, { keyId: String(made.id), limit: 1 })
    expect(created).toMatchObject({
      actor: `key:${stored.id}`,
      detail: { via: 'console', session: ofKey[1].detail.session },
    })
  })
})

const newestSession = () =>
  api.db
    .selectFrom('console_sessions')
    .selectAll()
    .where('ended_at', 'is', null)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
