import { expect, onTestFinished, test } from 'vitest'
import { runApi } from './running-api.ts'

const origin = 'https://app.example.com'

const asked = async (corsOrigins: readonly string[], from = origin) => {
  const api = await runApi({ config: { corsOrigins } })
  onTestFinished(api.stop)
  const url = `${api.url}/predict/feature_a/1/feature_b/1`
  return {
    preflight: await fetch(url, {
      method: 'OPTIONS',
      headers: {
        origin: from,
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'x-api-key',
      },
    }),
    request: await fetch(url, { headers: { origin: from, 'x-api-key': api.key } }),
    refused: await fetch(url, { headers: { origin: from } }),
  }
}

test('no page of another origin may ask, unless it is configured', async () => {
  const { preflight, request } = await asked([])
  expect(preflight.status).toBe(401)
  expect(request.status).toBe(200)
  expect(request.headers.get('access-control-allow-origin')).toBeNull()
})

test('pages of a configured origin may, with their key, and see why they are refused', async () => {
  const { preflight, request, refused } = await asked(['https://b.example.com', origin])
  expect(preflight.status).toBe(204)
  expect(preflight.headers.get('access-control-allow-origin')).toBe(origin)
  expect(preflight.headers.get('access-control-allow-headers')).toContain('x-api-key')
  expect(request.headers.get('access-control-allow-origin')).toBe(origin)
  expect(request.headers.get('access-control-expose-headers')).toContain('X-Model-Version')
  expect(refused.status).toBe(401)
  expect(refused.headers.get('access-control-allow-origin')).toBe(origin)
})

test('those of others still may not', async () => {
  const { preflight, request } = await asked([origin], 'https://evil.example.com')
  expect(preflight.headers.get('access-control-allow-origin')).toBeNull()
  expect(request.headers.get('access-control-allow-origin')).toBeNull()
})

test('with * all may', async () => {
  const { request } = await asked(['*'])
  expect(request.headers.get('access-control-allow-origin')).toBe('*')
})
