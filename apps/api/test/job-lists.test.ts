import { rotateKey } from '@dsapi/auth'
import { claimNextJobs, failJob } from '@dsapi/db'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Body as AnyBody, bodyOf, type RunningApi, runApi } from './running-api.ts'

// Lists with filters, for owners and for admins, and changes of several jobs at once.

let api: RunningApi
let admin: string
beforeAll(async () => {
  api = await runApi()
  admin = (await api.makeKey({ scopes: ['admin'] })).key
})
afterAll(() => api.stop())

type Body = AnyBody & {
  readonly jobs: readonly { readonly id: string }[]
  readonly results: unknown
  readonly state: string
  readonly created_at: string
}

const ask = async (path: string, key: string, body?: unknown) => {
  const response = await fetch(api.url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'x-api-key': key },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await bodyOf(response)) as Body }
}
const post = (path: string, key: string, body: unknown = {}) => ask(path, key, body)

const submit = async (key: string): Promise<string> =>
  (await post('/predict-slow', key, { feature_a: 1.25, feature_b: 2 })).body.id

const fail = async (id: string, error: string) => {
  const rows = await claimNextJobs(api.db, { now: Date.now(), limit: 1000 })
  const row = rows.find((claimed) => claimed.id === id)
  if (row === undefined) throw new Error('the job should have been waiting')
  await failJob(api.db, row, { error, now: Date.now() })
}

const idsIn = ({ body }: { readonly body: Body }) => body.jobs.map(({ id }) => id)

const unknown = '00000000-0000-4000-8000-000000000000'

describe('the jobs of all keys', () => {
  test('are listed for an admin without the scope jobs, as metadata only', async () => {
    const { key, stored } = await api.makeKey()
    const id = await submit(key)
    await fail(id, 'feature_a of 1.25 is a secret')
    const { status, body } = await ask(`/jobs?all=true&owner=${stored.id}`, admin)
    expect(status).toBe(200)
    expect(body.jobs).toEqual([
      {
        ...{ id, kind: 'slow-prediction', state: 'failed', attempts: 1, owner: stored.id },
        ...{ model: 'default', error_code: 'failed', model_version: expect.any(String) },
        ...{ created_at: expect.any(String), started_at: expect.any(String) },
        finished_at: expect.any(String),
      },
    ])
    expect(JSON.stringify(body)).not.toContain('1.25')
  })

  test('are refused to a key without the scope admin, and to one bound to models', async () => {
    expect(await ask('/jobs?all=true', api.key)).toMatchObject({
      status: 403,
      body: { message: 'This API Key lacks the scope admin' },
    })
    const bound = await api.makeKey({ scopes: ['admin'], models: ['churn'] })
    expect((await ask('/jobs?all=true', bound.key)).status).toBe(403)
    expect((await ask('/jobs', admin)).status).toBe(403)
    expect((await ask('/jobs?all=false', admin)).status).toBe(403)
  })

  test('are found by any key of the line of rotated keys that has submitted them', async () => {
    const first = await api.makeKey()
    const by = { actor: 'cli:test', now: Date.now() } as const
    const second = await rotateKey(api.db, first.stored.id, 60_000, by)
    const id = await submit(first.key)
    expect(idsIn(await ask(`/jobs?all=true&owner=${second.stored.id}`, admin))).toEqual([id])
    expect(idsIn(await ask(`/jobs?all=true&owner=${unknown}`, admin))).toEqual([])
  })
})

describe('filters', () => {
  test('leave out what they do not name, for own jobs as for all', async () => {
    const { key, stored } = await api.makeKey()
    const [first, second] = [await submit(key), await submit(key)]
    await post('/jobs/cancel', key, { ids: [first] })
    const created = Date.parse((await ask(`/jobs/${second}`, key)).body.created_at)
    const later = new Date(created + 3_600_000).toISOString()
    for (const [query, expected] of [
      ['state=cancelled', [first]],
      ['kind=slow-prediction', [second, first]],
      ['kind=batch', []],
      ['model=default', [second, first]],
      ['model=churn', []],
      [`since=${later}`, []],
      [`until=${later}&since=2026-01-01T00:00:00%2B01:00`, [second, first]],
      [`id_prefix=${second.toUpperCase()}`, [second]],
      [`id_prefix=${second.slice(0, 2)}&state=queued&kind=slow-prediction`, [second]],
      ['id_prefix=ffff', []],
    ] as const) {
      expect(idsIn(await ask(`/jobs?${query}`, key)), query).toEqual(expected)
      const ofAll = await ask(`/jobs?all=true&owner=${stored.id}&${query}`, admin)
      expect(idsIn(ofAll), query).toEqual(expected)
    }
  })

  test.each([
    ['since=yesterday', 'since'],
    ['until=2026-13-01T00:00:00Z', 'until'],
    ['kind=other', 'kind'],
    ['id_prefix=%25', 'id_prefix'],
    ['id_prefix=', 'id_prefix'],
    [`owner=${unknown}`, 'owner'],
    ['all=yes', 'all'],
  ])('that are wrong are named: %s', async (query, field) => {
    expect(await ask(`/jobs?${query}`, api.key)).toMatchObject({
      status: 400,
      body: { code: 'invalid_query', detail: [{ field }] },
    })
  })
})

describe('a retry', () => {
  test('puts a cancelled job back into the queue, once', async () => {
    const id = await submit(api.key)
    await post('/jobs/cancel', api.key, { ids: [id] })
    expect(await post(`/jobs/${id}/retry`, api.key)).toMatchObject({
      status: 200,
      body: { id, state: 'queued', attempts: 0 },
    })
    expect(await post(`/jobs/${id}/retry`, api.key)).toMatchObject({
      status: 409,
      body: { message: 'The job cannot be retried: its state is queued' },
    })
  })

  test('of a job of another key finds none, and changes nothing', async () => {
    const id = await submit(api.key)
    await post('/jobs/cancel', api.key, { ids: [id] })
    expect((await post(`/jobs/${id}/retry`, api.otherKey)).status).toBe(404)
    expect((await ask(`/jobs/${id}`, api.key)).body.state).toBe('cancelled')
  })
})

describe('several jobs', () => {
  test('are cancelled and retried at once, each with its outcome', async () => {
    const [first, second] = [await submit(api.key), await submit(api.key)]
    const theirs = await submit(api.otherKey)
    const ids = [first, theirs, first, 'nonsense', unknown]
    const cancelled = await post('/jobs/cancel', api.key, { ids })
    expect(cancelled.body.results).toEqual([
      { id: first, outcome: 'cancelled', state: 'cancelled' },
      ...[theirs, 'nonsense', unknown].map((id) => ({ id, outcome: 'not_found' })),
    ])
    expect((await ask(`/jobs/${theirs}`, api.otherKey)).body.state).toBe('queued')
    const retried = await post('/jobs/retry', api.key, { ids: [first, second, theirs] })
    expect(retried.body.results).toEqual([
      { id: first, outcome: 'retried', state: 'queued' },
      { id: second, outcome: 'conflict', state: 'queued' },
      { id: theirs, outcome: 'not_found' },
    ])
  })

  test.each([[[]], [Array.from({ length: 501 }, () => unknown)], ['x'], [[1]]])(
    'are 1 to 500 ids',
    async (ids) => {
      expect((await post('/jobs/retry', api.key, { ids })).status).toBe(400)
    },
  )

  test('that find no place in the queue stay as they are', async () => {
    const full = await runApi({ config: { queueLimit: 1 } })
    try {
      const of = async (path: string, body: unknown) =>
        (await bodyOf(
          await fetch(full.url + path, {
            ...{ method: 'POST', headers: { 'x-api-key': full.key } },
            body: JSON.stringify(body),
          }),
        )) as Body
      const { id } = await of('/predict-slow', { feature_a: 1, feature_b: 2 })
      await of('/jobs/cancel', { ids: [id] })
      // Another one takes the place, as soon as the queue is counted again.
      let submitted: Body
      do submitted = await of('/predict-slow', { feature_a: 1, feature_b: 2 })
      while (submitted.code === 'queue_full')
      const { results } = await of('/jobs/retry', { ids: [id] })
      expect(results).toEqual([{ id, outcome: 'queue_full' }])
    } finally {
      await full.stop()
    }
  })
})
