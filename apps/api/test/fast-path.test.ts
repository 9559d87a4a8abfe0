import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { addVersion, asking, constant, takenUp } from './models/models-api.ts'
import { type RunningApi, runApi } from './running-api.ts'

let api: RunningApi
/** A key whose limits are asked before each answer. */
let limited: string

beforeAll(async () => {
  api = await runApi()
  const limits = { rate: { requests: 1_000_000, seconds: 1 }, dailyQuota: 1_000_000 }
  limited = (await api.makeKey(limits)).key
  // Both versions of this one answer alike, and each answers half of the requests, not on the spot.
  const { key } = await api.makeKey({ scopes: ['predict', 'admin'] })
  const admin = asking(api.url, key)
  await addVersion(admin, 'other', constant(0))
  await addVersion(admin, 'other', constant(0))
  await admin.send('PUT', '/models/other/served', { version: 2, canary: '50%' })
  await takenUp(admin, 'other', 2)
  return api.stop
})

/** All of an answer that may not differ, with its body as it was sent. */
const answer = async (path: string, key: string, options: RequestInit = {}) => {
  const headers = { 'x-api-key': key, ...options.headers }
  const response = await fetch(api.url + path, { ...options, headers })
  const rest = Object.fromEntries(response.headers)
  for (const name of ['date', 'x-request-id']) delete rest[name]
  if (rest.ratelimit) rest.ratelimit = rest.ratelimit.replaceAll(/[rt]=\d+/g, '')
  // Of the two versions that answer alike, either may answer.
  if (path.includes('/other/')) rest['x-model-version'] = rest['x-model-version']?.slice(2) ?? ''
  const id = response.headers.get('x-request-id') ?? ''
  return { status: response.status, headers: rest, body: (await response.text()).replace(id, '') }
}

/** A request with an origin does not take the fast path. */
const takingLongWay = ({ headers, ...options }: RequestInit = {}) => ({
  ...options,
  headers: { ...headers, origin: 'http://a' },
})

const expectAlike = async (path: string, options?: RequestInit) => {
  for (const key of [api.key, limited]) {
    expect(await answer(path, key, options)).toEqual(
      await answer(path, key, takingLongWay(options)),
    )
  }
}

const number = fc.oneof(
  fc.double({ noNaN: true }).map(String),
  fc.constantFrom('1e3', '.5', '+1', '-0', '1_000', 'nan', '', 'x', '1%2E5', '%', '0x1'),
)
const name = fc.oneof(
  { weight: 9, arbitrary: fc.constant('feature_b') },
  fc.constantFrom('feature%5Fb', 'feature_c', ''),
)
const base = fc.constantFrom('', '', '/models/default', '/models/none', '/models/%64efault')

test('the fast path gives the answer that the long way gives to a row in the path', async () => {
  await fc.assert(
    fc.asyncProperty(base, number, name, number, (base, a, feature, b) =>
      expectAlike(`${base}/predict/feature_a/${a}/${feature}/${b}`),
    ),
    { numRuns: 120 },
  )
})

const value = fc.oneof(
  { weight: 9, arbitrary: fc.double({ noNaN: true }) },
  fc.constantFrom('1', 'x', null, true, [], {}),
)
const row = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(value, value) },
  fc.record({ feature_a: value, feature_b: value, more: value }, { requiredKeys: ['feature_a'] }),
  value,
)
const body = fc
  .tuple(
    fc.oneof(
      { weight: 9, arbitrary: fc.record({ instances: fc.array(row) }) },
      fc.record({ rows: fc.array(row) }),
      row,
    ),
    fc.oneof({ weight: 9, arbitrary: fc.constant(10_000) }, fc.nat(40)),
  )
  .map(([value, length]) => JSON.stringify(value).slice(0, length))

test('the fast path gives the answer that the long way gives to a body', async () => {
  await fc.assert(
    fc.asyncProperty(base, body, (base, body) =>
      expectAlike(`${base}/predict`, { method: 'POST', body }),
    ),
    { numRuns: 120 },
  )
})

const rows = (count: number) => JSON.stringify({ instances: Array(count).fill([1, 2]) })

test.each([
  ['compressed', '/predict', { headers: { 'content-encoding': 'gzip' }, body: rows(1) }],
  ['with more than a piece of answers', '/predict', { body: rows(5400) }],
  ['that is large', '/predict', { body: rows(10_000) }],
  ['that is empty', '/predict', { body: '' }],
  ['that is not UTF-8', '/predict', { body: new Uint8Array([0x22, 0xff]) }],
  ['with a query', '/predict?a=1', { body: rows(1) }],
  ['with a slash at the end', '/predict/', { body: rows(1) }],
  ['for a model with a canary', '/models/other/predict', { body: rows(2) }],
])('both give the same answer to a body %s', async (_, path, options) => {
  await expectAlike(path, { method: 'POST', ...options })
})

test.each([
  '/models/other/predict/feature_a/1/feature_b/2',
  '/models/other/predict/feature_a/1/feature_b/x',
  '/models/other/predict/feature_a/1',
  '/predict/feature_a/1/feature_b/2?a=1',
  '/models/predict/predict/feature_a/1',
])('both give the same answer to %s', async (path) => {
  await expectAlike(path)
})

test.each([
  ['GET', '/predict/feature_a/1/feature_b/x'],
  ['POST', '/models/default/predict'],
])(
  'a key bound to another model gets what a model that is not there gets: %s %s',
  async (method, path) => {
    const { key } = await api.makeKey({ models: ['other'] })
    const { status, body } = await answer(path, key, {
      method,
      ...(method === 'POST' && { body: rows(1) }),
    })
    expect([status, body]).toEqual([404, expect.stringContaining('There is no model')])
  },
)

test.each(['abc-1_2=', 'a b', 'ü', 'x'.repeat(255), 'x'.repeat(256), ''])(
  'the id that a client gives its request is taken over, or not, on both: %j',
  async (id) => {
    const path = '/predict/feature_a/1/feature_b/1'
    const isKept = async (options: RequestInit) => {
      const headers = { 'x-api-key': api.key, 'x-request-id': encodeURI(id), ...options.headers }
      return (
        (await fetch(api.url + path, { headers })).headers.get('x-request-id') === encodeURI(id)
      )
    }
    expect(await isKept({})).toBe(await isKept(takingLongWay()))
  },
)

test.each([
  ['a row', '/predict/feature_a/1/feature_b/1', {}],
  ['a row that is wrong', '/predict/feature_a/1/feature_b/x', {}],
  ['a body', '/predict', { method: 'POST', body: rows(1) }],
  ['a body that is wrong', '/predict', { method: 'POST', body: '{' }],
])('%s takes one request from each limit of its key, on either way', async (_, path, options) => {
  const rate = { requests: 1000, seconds: 3600 }
  const { key } = await api.makeKey({ rate, dailyQuota: 1000 })
  const left = async (options: RequestInit) => {
    const response = await fetch(api.url + path, {
      ...options,
      headers: { ...options.headers, 'x-api-key': key },
    })
    await response.arrayBuffer()
    return [...(response.headers.get('ratelimit') ?? '').matchAll(/r=(\d+)/g)].map(([, r]) => r)
  }
  for (const rest of [999, 998, 997, 996, 995]) {
    const way = rest % 2 === 0 ? options : takingLongWay(options)
    expect(await left(way)).toEqual([String(rest), String(rest)])
  }
})

test('a rate lets through what it says when all of it comes at once, and then refuses', async () => {
  const { key } = await api.makeKey({ rate: { requests: 100, seconds: 3600 } })
  const path = '/predict/feature_a/1/feature_b/1'
  const all = await Promise.all(Array.from({ length: 130 }, () => answer(path, key)))
  expect(all.filter(({ status }) => status === 200)).toHaveLength(100)
  expect(all.filter(({ status }) => status === 429)).toHaveLength(30)
})

test('every answer has the headers that keep browsers from making more of it', async () => {
  for (const path of ['/predict/feature_a/1/feature_b/1', '/livez', '/none', '/jobs']) {
    const { headers } = await answer(path, api.key)
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['content-security-policy']).toContain("default-src 'none'")
  }
})
