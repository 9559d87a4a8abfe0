import { disableKey, enableKey, endSession, listSessions, revokeKey } from '@dsapi/auth'
import { loadConfig } from '@dsapi/config'
import { createLogger } from '@dsapi/telemetry'
import { waitFor } from '@dsapi/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Api, startApi } from '../../src/index.ts'
import { type RunningApi, runApi } from '../running-api.ts'
import { type SignedIn, signedInWith } from './browser.ts'

// Two servers of one database, which know of each other's sessions by it alone.

let api: RunningApi
let other: Api
beforeAll(async () => {
  api = await runApi()
  const config = loadConfig({ PORT: '0', DSAPI_METRICS_PORT: '0' })
  other = await startApi({ ...config, database: api.database }, createLogger('silent', 'test'))
})
afterAll(async () => {
  await other.stop()
  await api.stop()
})

const by = () => ({ actor: 'cli:test', now: Date.now() }) as const

/** Asks the other server as a browser would whose cookie has its port in the name. */
const askOther = async (cookie: string, path = '/session') => {
  const [, token] = cookie.split('=')
  const headers = {
    ...{ 'sec-fetch-site': 'same-origin', 'x-dsapi-poll': '1' },
    cookie: `dsapi-${new URL(other.url).port}=${token}`,
  }
  return fetch(`${other.url}/console${path}`, { headers })
}

/** How long the other server still accepts a session, in milliseconds. */
const acceptedFor = async (cookie: string): Promise<number> => {
  const begun = performance.now()
  await waitFor(async () => (await askOther(cookie)).status === 401)
  return performance.now() - begun
}

/** A second, and what a busy machine takes for a request. */
const second = 1000 + 500

type End = (ask: SignedIn['ask'], keyId: string) => Promise<unknown>

const ends: readonly (readonly [string, End])[] = [
  ['is signed out', (ask) => ask('/session', { method: 'DELETE' })],
  [
    'is ended',
    async () => {
      const [{ id }] = await listSessions(api.db, Date.now())
      await endSession(api.db, id, 'session_ended', by())
    },
  ],
  ['loses its key', (_, keyId) => revokeKey(api.db, keyId, by())],
  ['has a key that is disabled', (_, keyId) => disableKey(api.db, keyId, by())],
]

test.each(ends)('a session that %s is refused by every server within a second', async (_, end) => {
  const { key, stored } = await api.makeKey()
  const { cookie, ask } = await signedInWith(api, key)
  expect((await askOther(cookie)).status).toBe(200)
  await end(ask, stored.id)
  expect(await acceptedFor(cookie)).toBeLessThan(second)
})

test('a session goes on when its key is enabled again', async () => {
  const { key, stored } = await api.makeKey()
  const { cookie } = await signedInWith(api, key)
  await disableKey(api.db, stored.id, by())
  await acceptedFor(cookie)
  await enableKey(api.db, stored.id, by())
  await waitFor(async () => (await askOther(cookie)).status === 200)
})

test('a stream of events ends with its session', async () => {
  const { key, stored } = await api.makeKey()
  const { cookie, ask } = await signedInWith(api, key)
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ feature_a: 1, feature_b: 1 })
  const submitted = await ask('/api/predict-slow', { method: 'POST', headers, body })
  const { id } = (await submitted.json()) as { id: string }
  const stream = await askOther(cookie, `/api/jobs/${id}/events`)
  expect(stream.status).toBe(200)
  await revokeKey(api.db, stored.id, by())
  const begun = performance.now()
  await stream.text()
  expect(performance.now() - begun).toBeLessThan(second)
})
