import { waitFor } from '@dsapi/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { capturedLog } from './captured-log.ts'
import { readAnswers, sendBytes } from './fuzz/raw-socket.ts'
import { type RunningApi, runApi } from './running-api.ts'

// The fast path and the long way refuse the same requests, for the same reason, and report them.

const path = '/predict/feature_a/1/feature_b/1'
const { logger, lines } = capturedLog()

let api: RunningApi
let limited: string
let admin: string
beforeAll(async () => {
  api = await runApi({
    logger,
    config: { metricsPort: 0 },
    featureNames: ['feature_a', 'feature_b'],
  })
  limited = (await api.makeKey({ rate: { requests: 1_000_000, seconds: 1 } })).key
  admin = (await api.makeKey({ scopes: ['admin', 'predict', 'jobs'] })).key
  for (const key of [api.key, limited, admin]) {
    await fetch(`${api.url}/jobs`, { headers: { 'x-api-key': key } }) // Known from now on.
  }
})
afterAll(() => api.stop())

type Sent = { readonly target?: string; readonly headers?: string; readonly key?: string }

const send = async ({ target = path, headers = 'Host: a', key }: Sent) => {
  const keyLine = key === undefined ? '' : `X-API-Key: ${key}\r\n`
  const text = `GET ${target} HTTP/1.1\r\n${headers}\r\n${keyLine}Connection: close\r\n\r\n`
  const [answer] = readAnswers(await sendBytes(api.url, Buffer.from(text, 'latin1')))
  const { code, message } = JSON.parse(answer.body)
  return { status: answer.status, code, message, id: answer.headers['x-request-id'] }
}

describe('a Host header', () => {
  test.each([
    ['that comes twice', 'Host: a\r\nHost: b'],
    ['that comes twice with the same value', 'Host: a\r\nHost: a'],
    ['with a space', 'Host: x y'],
    ['with a user', 'Host: evil@x'],
    ['with a path', 'Host: x/../y'],
    ['with a query', 'Host: x?y'],
    ['with a port that there is not', 'Host: x:999999'],
    ['with a port that is no number', 'Host: x:a'],
    ['with a colon and no port', 'Host: x:'],
    ['with an address in a longer spelling', 'Host: [0:0:0:0:0:0:0:1]:8000'],
    ['with half of an address', 'Host: [::1'],
    ['with an address that is none', 'Host: [1::2::3]'],
    ['with too large numbers', 'Host: 1.2.3.999'],
    ['with an encoded character', 'Host: a%41'],
    ['with bytes beyond ASCII', 'Host: \u00e4'],
    ['that is a list', 'Host: a, b'],
  ])('%s is refused on both ways', async (_, headers) => {
    const answers = [await send({ headers, key: api.key }), await send({ headers, key: limited })]
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 400, code: 'invalid_request' })
      expect(answer.message).toContain('Host')
    }
  })

  test.each(['a', 'A.Example:80', 'localhost:8000', '127.0.0.1:65535', '[::1]:8000', 'a_b.c', ''])(
    'of %j is served on both ways',
    async (host) => {
      const headers = `Host: ${host}`
      expect(await send({ headers, key: api.key })).toMatchObject({ status: 200 })
      expect(await send({ headers, key: limited })).toMatchObject({ status: 200 })
    },
  )
})

describe('a target', () => {
  const refused = [
    '/%6beys',
    '/%6Beys',
    '/./keys',
    '/x/../keys',
    '/x/%2e%2e/keys',
    '/x/%2E./keys',
    '/keys/.',
    '/keys/..',
    '//keys',
    '/x//keys',
    '/\\keys',
    '/x\\..\\keys',
    '/keys#a',
    '/jobs%2Dx',
    '/%7Ekeys',
    '/predict/feature%5Fa/1/feature_b/1',
    '/predict/feature_a/%31/feature_b/1',
    '/predict/../predict/feature_a/1/feature_b/1',
    '/predict/feature_a/./feature_b/1',
    'http://a/./keys',
    'http://a//keys',
    'http://a/x/%2e%2e/keys',
  ]

  test.each(refused)('of %j is refused on both ways, with a reason', async (target) => {
    const answers = []
    for (const key of [api.key, limited, admin]) {
      const { id: _, ...answer } = await send({ target, key })
      expect(answer).toMatchObject({ status: 400, code: 'invalid_request' })
      expect(answer.message).toMatch(/^The path /)
      answers.push(answer)
    }
    expect(answers).toEqual([answers[0], answers[0], answers[0]])
  })

  test.each([...refused, '/keys', '/none'])('of %j is not judged without a key', async (target) => {
    expect(await send({ target })).toMatchObject({ status: 401, code: 'missing_api_key' })
  })

  test.each(['/%6beys', '/x/../keys', '//keys'])(
    'of %j is not judged with a wrong key',
    async (target) => {
      expect(await send({ target, key: 'x' })).toMatchObject({
        status: 401,
        code: 'invalid_api_key',
      })
    },
  )

  test.each(['/%6detrics', '/./metrics', '/x/../livez', '//docs'])(
    'of %j is not the path that needs no key',
    async (target) => {
      expect(await send({ target })).toMatchObject({ status: 401 })
    },
  )

  test('may encode what must be encoded, and what may', async () => {
    const named = await runApi({ featureNames: ['Größe (cm)', 'a/b\\c'] })
    const names = ['Gr%C3%B6%C3%9Fe%20(cm)', 'Gr%c3%b6%c3%9fe%20%28cm%29']
    for (const name of names) {
      const url = `${named.url}/predict/${name}/%2B1/a%2Fb%5Cc/1`
      const { status } = await fetch(url, { headers: { 'x-api-key': named.key } })
      expect(status).toBe(200)
    }
    await named.stop()
  })

  test.each(['http://', 'http://a b/', 'http://a@b/', 'http://a:99999/', 'ftp://a/', '*'])(
    'of %j is no path and no URL',
    async (target) => {
      expect(await send({ target, key: api.key })).toMatchObject({ status: 400 })
    },
  )
})

describe('the way that a body is transferred', () => {
  test.each(['gzip, chunked', 'identity, chunked', 'x,chunked'])(
    'as %s is not known here',
    async (coding) => {
      const headers = `Host: a\r\nTransfer-Encoding: ${coding}`
      expect(await send({ headers, key: api.key })).toMatchObject({ status: 501 })
    },
  )
})

describe('what is refused before it reaches the app', () => {
  test.each([
    ['a wrong host', `GET ${path}?a=1 HTTP/1.1\r\nHost: a b\r\n\r\n`, `GET ${path}`, 400],
    ['malformed HTTP', 'nonsense\r\n\r\n', 'MALFORMED -', 400],
    ['a tunnel', 'CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n', 'MALFORMED -', 400],
    ['headers without end', `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}`, 'MALFORMED -', 431],
    ['an expectation', `GET ${path} HTTP/1.1\r\nHost: a\r\nExpect: x\r\n\r\n`, `GET ${path}`, 417],
    ['HTTP/0.9', `GET ${path}\r\n\r\n`, `GET ${path}`, 400],
  ])('as %s has a line in the log, and is counted', async (_, text, msg, status) => {
    const [answer] = readAnswers(await sendBytes(api.url, text, { end: true }))
    expect(answer).toMatchObject({ status })
    const requestId = answer.headers['x-request-id']
    await waitFor(() => lines().some((line) => line.requestId === requestId))
    expect(lines().find((line) => line.requestId === requestId)).toMatchObject({ status, msg })
    const metrics = await (await fetch(api.metricsUrl ?? '')).text()
    expect(metrics).toMatch(
      new RegExp(`requests_total\\{[^}]*route="malformed",status="${status}"[^}]*\\} [1-9]`),
    )
  })
})
