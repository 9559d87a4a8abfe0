import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningApi, runApi } from './running-api.ts'

let api: RunningApi
beforeAll(async () => {
  api = await runApi()
})
afterAll(() => api.stop())

/** Writes bytes to the api's socket as they are, and gives all that comes back. */
const sendRaw = async (bytes: string) => {
  const { port, hostname } = new URL(api.url)
  const socket = connect(Number(port), hostname)
  socket.write(bytes)
  const answer = await text(socket)
  const [head = '', body = ''] = answer.split('\r\n\r\n')
  return { status: Number(head.split(' ')[1]), head, body: body && JSON.parse(body) }
}

describe('every error', () => {
  test('carries its status, its code and the id of its request', async () => {
    const response = await fetch(`${api.url}/nowhere`, { headers: { 'x-api-key': api.key } })
    expect(await response.json()).toEqual({
      error: true,
      message: 'Not found',
      status: 404,
      code: 'not_found',
      request_id: response.headers.get('x-request-id'),
    })
  })

  test('is a problem document for a client that asks for one', async () => {
    const response = await fetch(`${api.url}/predict/feature_a/x/feature_b/1`, {
      headers: { 'x-api-key': api.key, accept: 'application/problem+json' },
    })
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.json()).toEqual({
      type: 'urn:dsapi:error:invalid_features',
      title: 'Input features were not valid floats',
      status: 400,
      code: 'invalid_features',
      errors: [{ field: 'feature_a', message: 'must be a finite decimal number' }],
      request_id: response.headers.get('x-request-id'),
    })
  })

  test('keeps the request id that a client sends', async () => {
    const response = await fetch(`${api.url}/jobs`, {
      headers: { 'x-request-id': 'from-the-client' },
    })
    expect(response.headers.get('x-request-id')).toBe('from-the-client')
    expect(await response.json()).toMatchObject({ request_id: 'from-the-client' })
  })
})

test('a body nested as deep as it is long is not valid JSON, and not a fault', async () => {
  const response = await fetch(`${api.url}/predict-slow`, {
    method: 'POST',
    headers: { 'x-api-key': api.key },
    body: '['.repeat(1_000_000),
  })
  expect(response.status).toBe(400)
})

test('a client that leaves in the middle of its body does no harm', async () => {
  const { port, hostname } = new URL(api.url)
  const socket = connect(Number(port), hostname)
  socket.write(
    `POST /predict-slow HTTP/1.1\r\nHost: a\r\nX-API-Key: ${api.key}\r\nContent-Length: 100\r\n\r\n{"a"`,
  )
  socket.end()
  await text(socket)
  expect((await fetch(`${api.url}/jobs`)).status).toBe(401)
})

test('a request without a host, as HTTP/1.0 allows, is served', async () => {
  const path = '/predict/feature_a/1.0/feature_b/1.0'
  const { status, body } = await sendRaw(`GET ${path} HTTP/1.0\r\nX-API-Key: ${api.key}\r\n\r\n`)
  expect({ status, body }).toMatchObject({ status: 200, body: { class: 1 } })
})

describe('what is not HTTP', () => {
  test.each([
    ['nonsense', 'hello\r\n\r\n', 400],
    ['a wrong length', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n', 400],
    [
      'two lengths',
      'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
      400,
    ],
    ['too many headers', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['a host that is none', 'GET /jobs HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n', 400],
  ])('%s is answered with JSON', async (_, bytes, status) => {
    const answer = await sendRaw(bytes)
    expect(answer.status).toBe(status)
    expect(answer.body).toMatchObject({ error: true, status, code: 'invalid_request' })
  })

  test('does not keep the next request from its answer', async () => {
    await sendRaw('\u0000\u0001\u0002\r\n\r\n')
    expect((await fetch(`${api.url}/jobs`)).status).toBe(401)
  })
})

test('a fault inside is 500 without any of its words', async () => {
  const broken = await runApi()
  await broken.db.schema.dropTable('jobs').execute()
  const response = await fetch(`${broken.url}/predict-slow/00000000-0000-4000-8000-000000000000`, {
    headers: { 'x-api-key': broken.key },
  })
  const body = await response.json()
  await broken.stop()
  expect(response.status).toBe(500)
  expect(body).toMatchObject({ error: true, message: 'Internal server error', code: 'internal' })
  expect(JSON.stringify(body)).not.toContain('jobs')
})
