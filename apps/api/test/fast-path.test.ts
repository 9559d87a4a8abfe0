import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { type RunningApi, runApi } from './running-api.ts'

let api: RunningApi
let longWay: string

beforeAll(async () => {
  api = await runApi()
  // A key with a limit does not take the fast path.
  longWay = (await api.makeKey({ rate: { requests: 1_000_000, seconds: 1 } })).key
  return api.stop
})

/** All of an answer that may not differ. */
const answer = async (path: string, key: string, headers: Record<string, string> = {}) => {
  const response = await fetch(api.url + path, { headers: { 'x-api-key': key, ...headers } })
  const rest = Object.fromEntries(response.headers)
  for (const name of ['date', 'x-request-id', 'ratelimit', 'ratelimit-policy']) delete rest[name]
  const body = (await response.json()) as Record<string, unknown>
  delete body.request_id
  return { status: response.status, headers: rest, body }
}

const number = fc.oneof(
  fc.double({ noNaN: true }).map(String),
  fc.constantFrom('1e3', '.5', '+1', '-0', '1_000', 'nan', '', 'x', '1%2E5', '%', '0x1'),
)
const name = fc.oneof(
  { weight: 9, arbitrary: fc.constant('feature_b') },
  fc.constantFrom('feature%5Fb', 'feature_c', ''),
)

test('the fast path gives the answer that the long way gives', async () => {
  await fc.assert(
    fc.asyncProperty(number, name, number, async (a, feature, b) => {
      const path = `/predict/feature_a/${a}/${feature}/${b}`
      expect(await answer(path, api.key)).toEqual(await answer(path, longWay))
    }),
    { numRuns: 300 },
  )
})

test.each(['abc-1_2=', 'a b', 'ü', 'x'.repeat(255), 'x'.repeat(256), ''])(
  'the id that a client gives its request is taken over, or not, on both: %j',
  async (id) => {
    const path = '/predict/feature_a/1/feature_b/1'
    const idOf = async (key: string) => {
      const headers = { 'x-api-key': key, 'x-request-id': encodeURI(id) }
      return (
        (await fetch(api.url + path, { headers })).headers.get('x-request-id') === encodeURI(id)
      )
    }
    expect(await idOf(api.key)).toBe(await idOf(longWay))
  },
)

test('every answer has the headers that keep browsers from making more of it', async () => {
  for (const path of ['/predict/feature_a/1/feature_b/1', '/livez', '/none', '/jobs']) {
    const { headers } = await answer(path, api.key)
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['content-security-policy']).toContain("default-src 'none'")
  }
})
