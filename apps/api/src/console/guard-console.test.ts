import type { RateLimits, StoredKey } from '@dsapi/auth'
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import type { Env } from '../http/env.ts'
import { ApiError } from '../http/errors.ts'
import { markConsole } from './console-request.ts'
import { guardConsole } from './guard-console.ts'
import type { SignedIn } from './signed-in.ts'

test('a session has a limit of its own, which predictions do not take from', async () => {
  const taken: Parameters<RateLimits['takeToken']>[0][] = []
  const takeToken: RateLimits['takeToken'] = async (of) => {
    taken.push(of)
    return {
      ...{ policy: 'rate', allowed: false, quota: 50 },
      ...{ windowSeconds: 1, remaining: 0, resetSeconds: 1 },
    }
  }
  const session = { id: 'a session' }
  const find = async () => ({ session, key: {} as StoredKey })
  const signedIn = { find, findAgain: find } as unknown as SignedIn
  const app = new Hono<Env>()
  app.use(guardConsole(signedIn, { takeToken }))
  app.all('*', (context) => context.text('reached'))
  app.onError((error, context) => context.text(error instanceof ApiError ? error.code : 'failed'))
  const ask = async (url: string) => {
    const incoming = { method: 'GET', url, headers: { 'sec-fetch-site': 'same-origin' } }
    markConsole(incoming as never)
    return (await app.request(incoming.url, {}, { incoming })).text()
  }
  expect(await ask('/console/api/jobs')).toBe('rate_limited')
  expect(taken).toEqual([{ ownerId: 'console:a session', rate: { requests: 50, seconds: 1 } }])
  expect(await ask('/console/api/predict/a/1')).toBe('reached')
  expect(await ask('/console/api/models/m/versions/2/predict/a/1')).toBe('reached')
})
