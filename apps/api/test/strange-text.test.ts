import { findChunk } from '@dsapi/db'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningApi, runApi } from './running-api.ts'

// Text that an engine cannot hold: PostgreSQL has no U+0000, and UTF-8 no half of a surrogate pair. Wherever a client
// may send some, the answer is the same on each engine, and none is 5xx.

let api: RunningApi
let admin: string
beforeAll(async () => {
  // Not a whole number of milliseconds, which is all that a column of integers holds.
  api = await runApi({ config: { jobSeconds: 0.1234, predictionLogDays: 0.00123 } })
  admin = (await api.makeKey({ scopes: ['predict', 'jobs', 'admin'] })).key
})
afterAll(() => api.stop())

const send = async (path: string, init: RequestInit = {}) => {
  const headers = { 'x-api-key': admin, ...init.headers }
  const response = await fetch(api.url + path, { ...init, headers })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

const halves = ['\\u0000', 'a\\u0000b', '\\ud800', '\\udc00', '\\udc00\\ud800']

describe('a key', () => {
  test.each(halves)('has no name with %s', async (text) => {
    const answer = await send('/keys', { method: 'POST', body: `{"name": "x${text}"}` })
    expect(answer).toMatchObject({ status: 400, body: { detail: [{ field: 'name' }] } })
    expect(JSON.stringify(answer.body)).toContain('must hold no control characters')
  })

  test.each(halves)('has no note with %s', async (text) => {
    const body = `{"name": "x", "note": "${text}"}`
    const answer = await send('/keys', { method: 'POST', body })
    expect(answer).toMatchObject({ status: 400, body: { detail: [{ field: 'note' }] } })
  })

  test('may be called what two halves make', async () => {
    const made = await send('/keys', { method: 'POST', body: '{"name": "\\ud83d\\ude00"}' })
    expect(made.status).toBe(201)
    expect(await send(`/keys/${made.body.id}`)).toMatchObject({ body: { name: '😀' } })
  })

  test.each(['%00', '%00/rotate', '%00/disable', '%00/enable', '%00/revoke'])(
    'is not found at %s',
    async (path) => {
      const method = path === '%00' ? 'GET' : 'POST'
      expect((await send(`/keys/${path}`, { method })).status).toBe(404)
    },
  )

  test('with such an id has no history', async () => {
    const answer = await send('/keys/audit?key=%00')
    expect(answer).toEqual({ status: 200, body: { audit: [] } })
  })

  test.each(['key=%00', 'route=/%00'])('has no traffic with %s', async (filter) => {
    const answer = await send(`/traffic?${filter}`)
    expect(answer).toMatchObject({ status: 200, body: { total: { requests: 0 }, groups: [] } })
  })
})

describe('a job', () => {
  test.each(['/jobs/%00', '/predict-slow/%00', '/jobs/%00/result', '/jobs/%00/events'])(
    'is not found at %s',
    async (path) => expect((await send(path)).status).toBe(404),
  )

  test('is listed behind no such place', async () => {
    expect((await send('/jobs?cursor=%00')).status).toBe(400)
    const cursor = Buffer.from('1 \0').toString('base64url')
    expect((await send(`/jobs?cursor=${cursor}`)).status).toBe(400)
  })

  test('may come with members that hold it', async () => {
    const body = '{"feature_a": 1, "feature_b": 1, "\\u0000": "\\ud800"}'
    expect((await send('/predict-slow', { method: 'POST', body })).status).toBe(202)
  })

  test.each([
    ['text/csv', 'feature_a,x\0,feature_b\n1,\0,1\n', '1,\uFFFD,1\n'],
    ['application/x-ndjson', '[1,\0]\n{"\0": 1}\n', '[1,\uFFFD]\n{"\uFFFD": 1}\n'],
    ['application/x-ndjson', '["\\u0000", "\\ud800"]\n', '["\\u0000", "\\ud800"]\n'],
  ])('of rows of %s that hold it is taken, as damaged text', async (type, body, stored) => {
    const headers = { 'content-type': type }
    const answer = await send('/jobs/batch', { method: 'POST', body, headers })
    expect(answer.status).toBe(202)
    const place = { jobId: String(answer.body.id), part: 'input', position: 0 } as const
    expect(await findChunk(api.db, place)).toBe(stored)
  })
})
