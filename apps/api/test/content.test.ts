import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bodyOf, type RunningApi, runApi } from './running-api.ts'

// What headers say about the content of a body, and what its bytes are.

let api: RunningApi
let admin: string
beforeAll(async () => {
  api = await runApi()
  admin = (await api.makeKey({ scopes: ['predict', 'jobs', 'admin'] })).key
})
afterAll(() => api.stop())

const row = '{"feature_a":1,"feature_b":1}'
const bodies = [
  ['/predict', `{"instances":[${row}]}`],
  ['/predict-slow', row],
  ['/jobs/batch', '[1,1]\n'],
  ['/keys', '{"name":"a"}'],
] as const

const post = (path: string, body: Uint8Array | string, headers: Record<string, string> = {}) =>
  fetch(api.url + path, {
    method: 'POST',
    headers: { 'x-api-key': admin, 'content-type': 'application/x-ndjson', ...headers },
    body: new Uint8Array(Buffer.from(body)),
  })

describe.each(bodies)('the body of POST %s', (path, body) => {
  test.each(['gzip', 'deflate', 'br', 'zstd', 'GZIP', 'identity, gzip', 'x'])(
    'is refused as %s, compressed or not',
    async (coding) => {
      for (const sent of [gzipSync(body), body]) {
        const response = await post(path, sent, { 'content-encoding': coding })
        expect(response.status).toBe(415)
        expect(response.headers.get('accept-encoding')).toBe('identity')
        expect(await bodyOf(response)).toMatchObject({
          code: 'unsupported_media_type',
          message: 'The body must not be compressed. Send it without Content-Encoding',
        })
      }
    },
  )

  test('is taken as identity', async () => {
    const response = await post(path, body, { 'content-encoding': 'identity' })
    expect(response.status).toBeLessThan(300)
  })

  test.each([
    ['a byte that begins nothing', [0xff]],
    ['a letter of Latin-1', [0xe9]],
    ['half of a letter', [0xc3]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['a letter in too many bytes', [0xc0, 0xaf]],
  ])('is refused with %s in it, which is not UTF-8', async (_, bytes) => {
    const at = body.indexOf('a') < 0 ? 1 : body.indexOf('a')
    const sent = Buffer.concat([
      Buffer.from(body.slice(0, at)),
      Buffer.from(bytes),
      Buffer.from(body.slice(at)),
    ])
    const response = await post(path, sent)
    expect(response.status).toBe(400)
    expect(await bodyOf(response)).toMatchObject({
      code: 'invalid_body',
      message: 'The body is not UTF-8',
    })
  })
})

test('a large body that is not UTF-8, which a thread reads, is refused as well', async () => {
  const sent = Buffer.from(`{"instances":[${Array(20_000).fill('[1,1]')}],"a":"\u00e9"}`, 'latin1')
  expect(await bodyOf(await post('/predict', sent))).toMatchObject({
    message: 'The body is not UTF-8',
  })
})

test('a query that is not what it should be is called that', async () => {
  for (const path of [
    '/jobs?limit=0',
    '/jobs?state=x',
    '/jobs?cursor=x',
    '/keys/audit?limit=x',
    '/keys/audit?cursor=x',
    '/keys/audit?cursor=-1',
  ]) {
    const response = await fetch(api.url + path, { headers: { 'x-api-key': admin } })
    expect(response.status).toBe(400)
    expect(await bodyOf(response)).toMatchObject({
      code: 'invalid_query',
      message: 'Invalid query',
    })
  }
})

test('an unknown job is called a job, of whatever kind it might have been', async () => {
  const id = '00000000-0000-4000-8000-000000000000'
  for (const path of [`/jobs/${id}`, `/jobs/${id}/result`, `/predict-slow/${id}`]) {
    const response = await fetch(api.url + path, { headers: { 'x-api-key': admin } })
    expect(await bodyOf(response)).toMatchObject({ code: 'not_found', message: 'No such job' })
  }
})

test('all of the audit can be read, in pages', async () => {
  const read = async (path: string) => {
    const response = await fetch(api.url + path, { headers: { 'x-api-key': admin } })
    return (await response.json()) as { audit: { id: number }[]; next_cursor?: string }
  }
  for (let i = 0; i < 5; i++) await api.makeKey()
  const { audit: all, next_cursor } = await read('/keys/audit?limit=1000')
  expect(next_cursor).toBeUndefined()
  const ids: number[] = []
  let cursor: string | undefined
  do {
    const page = await read(`/keys/audit?limit=3${cursor === undefined ? '' : `&cursor=${cursor}`}`)
    expect(page.audit.length).toBeLessThanOrEqual(3)
    ids.push(...page.audit.map(({ id }) => id))
    cursor = page.next_cursor
  } while (cursor !== undefined)
  expect(ids).toEqual(all.map(({ id }) => id))
})
