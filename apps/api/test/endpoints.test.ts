import type { StoredKey } from '@dsapi/auth'
import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import type { Access, Endpoint } from '../src/endpoints/endpoint.ts'
import { endpoints } from '../src/endpoints/list.ts'
import { mountWithKey } from '../src/endpoints/mount-endpoints.ts'
import { createNeedsNoKey } from '../src/endpoints/needs-no-key.ts'
import type { Env } from '../src/http/env.ts'
import { ApiError, answerError } from '../src/http/errors.ts'
import { buildDocument } from '../src/openapi/build-document.ts'
import { nothing, requestsOf, storedModel } from './endpoint-requests.ts'

// What a line in the list of endpoints brings with it.

const added = (access: Access, path = '/things/:id'): Endpoint => ({
  id: 'getThing',
  method: 'get',
  path,
  access,
  handle: () => (context) => context.json({ path }),
  describe: () => ({
    tag: 'Jobs',
    summary: 'Get a thing',
    answers: { 200: { description: 'The thing' } },
    errors: [],
    examples: [{ name: 'thing', status: 200 }],
  }),
})

/** An app of these endpoints alone, behind a key that is right and has these scopes. */
const appOf = (mounted: readonly Endpoint[], scopes: StoredKey['scopes'] = []) => {
  const app = new Hono<Env>()
  app.use((context, next) => {
    context.set('key', { scopes } as StoredKey)
    context.set('trace', { requestId: 'a', traceparent: undefined })
    return next()
  })
  mountWithKey(app, mounted, nothing)
  app.onError((error, context) =>
    answerError(context, error instanceof ApiError ? error : new ApiError('internal', '')),
  )
  return app
}

describe('an endpoint that is added to the list', () => {
  test('is answered to a key with its scope, and refused to every other', async () => {
    const list = [added('jobs')]
    expect((await appOf(list, ['jobs']).request('/things/1')).status).toBe(200)
    expect((await appOf(list, ['predict', 'admin']).request('/things/1')).status).toBe(403)
  })

  test('answers other methods with 405 and those that it has, to a key with its scope', async () => {
    const list = [added('jobs'), { ...added('jobs'), method: 'delete' as const }]
    const answer = await appOf(list, ['jobs']).request('/things/1', { method: 'PUT' })
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toBe('GET, HEAD, DELETE')
    expect((await appOf(list).request('/things/1', { method: 'PUT' })).status).toBe(403)
  })

  test('is in the OpenAPI document with the scope that it needs', () => {
    const { paths } = buildDocument(storedModel(), [...endpoints, added('jobs')])
    expect(paths['/things/{id}']?.get?.description).toBe('Requires a key with the scope `jobs`.')
  })

  test('is in the table of the tests of isolation', () => {
    const requests = requestsOf([...endpoints, added('jobs')])
    expect(requests.at(-1)).toEqual({ method: 'GET', path: '/things/{id}', access: 'jobs' })
  })

  test.each([
    ['no key', true],
    ['any key', false],
    ['predict', false],
  ] as const)('needs a key unless it says otherwise: %s', (access, isOpen) => {
    const needsNoKey = createNeedsNoKey([added(access), added('jobs', '/others')])
    expect(needsNoKey('/things/1')).toBe(isOpen)
    expect(needsNoKey('/things/.1')).toBe(false)
    expect(needsNoKey('/things/1/more')).toBe(false)
    expect(needsNoKey('/others')).toBe(false)
  })

  test('comes before a path with a parameter, wherever it is in the list', async () => {
    const app = appOf([added('any key'), added('any key', '/things/all')])
    expect(await (await app.request('/things/all')).json()).toEqual({ path: '/things/all' })
    expect((await app.request('/things/all', { method: 'PUT' })).status).toBe(405)
  })
})
