import { connect } from 'node:net'
import { waitFor } from '@dsapi/testing'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { readAnswers, sendBytes } from './fuzz/raw-socket.ts'
import { type RunningApi, runApi } from './running-api.ts'

// What no client would send, as bytes on a socket: it is answered as an error in JSON, or the connection ends, and
// the process lives.

let api: RunningApi
let host: string
beforeAll(async () => {
  api = await runApi()
  host = `Host: a\r\nX-API-Key: ${api.key}\r\n`
  await fetch(`${api.url}/jobs`, { headers: { 'x-api-key': api.key } }) // The key is known from now on.
})
afterAll(() => api.stop())
afterEach(async () => expect((await fetch(`${api.url}/livez`)).status).toBe(200))

const path = '/predict/feature_a/1/feature_b/1'
const body = '{"feature_a":1,"feature_b":1}'

/** Sends bytes and the end of them. */
const send = async (text: string | Buffer) => {
  const bytes = typeof text === 'string' ? Buffer.from(text, 'latin1') : text
  return readAnswers(await sendBytes(api.url, bytes, { end: true }))
}

const get = (headers = '', target = path) => send(`GET ${target} HTTP/1.1\r\n${host}${headers}\r\n`)
const post = (headers: string, content = body) =>
  send(`POST /predict-slow HTTP/1.1\r\n${host}${headers}\r\n${content}`)

const isError = (status: number) => ({
  status,
  body: expect.stringContaining(`"status":${status},"code":"invalid_request"`),
})

describe('a length', () => {
  test.each([
    ['is longer than the body', 'Content-Length: 100'],
    ['is shorter than the body', 'Content-Length: 5'],
    ['comes twice', 'Content-Length: 29\r\nContent-Length: 29'],
    ['comes twice, differently', 'Content-Length: 29\r\nContent-Length: 2'],
    ['is negative', 'Content-Length: -1'],
    ['has a sign', 'Content-Length: +29'],
    ['is in hexadecimal', 'Content-Length: 0x1d'],
    ['is a list', 'Content-Length: 29, 29'],
    ['is larger than any', 'Content-Length: 99999999999999999999999'],
    ['comes with Transfer-Encoding', 'Content-Length: 29\r\nTransfer-Encoding: chunked'],
    ['comes after Transfer-Encoding', 'Transfer-Encoding: chunked\r\nContent-Length: 29'],
  ])('that %s is refused', async (_, headers) => {
    expect(await post(`${headers}\r\n`)).toEqual([expect.objectContaining(isError(400))])
  })
})

describe('a body in chunks', () => {
  const chunked = (content: string) => post('Transfer-Encoding: chunked\r\n', content)

  test('is read', async () => {
    expect(await chunked(`1d\r\n${body}\r\n0\r\n\r\n`)).toMatchObject([{ status: 202 }])
  })

  test.each([
    ['a size that is no number', `zz\r\n${body}\r\n0\r\n\r\n`],
    ['a size below nothing', `-1\r\n${body}\r\n0\r\n\r\n`],
    ['a size above all', `FFFFFFFFFFFFFFFFFF\r\n${body}\r\n0\r\n\r\n`],
    ['a size that lies', `5\r\n${body}\r\n0\r\n\r\n`],
    ['an extension without end', `1;${'x'.repeat(20_000)}\r\n${body}\r\n0\r\n\r\n`],
    ['no end', `1d\r\n${body}`],
    ['garbage for a last chunk', `1d\r\n${body}\r\n\u0000\u0001`],
  ])('with %s is refused', async (_, content) => {
    expect(await chunked(content)).toMatchObject([isError(400)])
  })

  test.each(['gzip', 'chunked, gzip', 'chunked, chunked', 'identity', 'xchunked'])(
    'in Transfer-Encoding: %s is refused',
    async (encoding) => {
      const answers = await post(`Transfer-Encoding: ${encoding}\r\n`, '0\r\n\r\n')
      expect(answers.map(({ status }) => status)).toEqual([400])
    },
  )
})

describe('a request', () => {
  test.each([
    ['without a host', `GET ${path} HTTP/1.1\r\n\r\n`, 400],
    ['with two hosts', `GET ${path} HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n`, 400],
    ['of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
    ['of a version that there is not', `GET ${path} HTTP/1.2\r\nHost: a\r\n\r\n`, 400],
    ['with bare line feeds', `GET ${path} HTTP/1.1\nHost: a\n\n`, 400],
    ['with a space before a colon', `GET ${path} HTTP/1.1\r\nHost : a\r\n\r\n`, 400],
    ['with a folded header', `GET ${path} HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n`, 400],
    ['with a NUL in a header', `GET ${path} HTTP/1.1\r\nHost: a\r\nX: \u0000\r\n\r\n`, 400],
    ['with a method that nobody knows', `FOO ${path} HTTP/1.1\r\nHost: a\r\n\r\n`, 400],
    ['with a method in small letters', `get ${path} HTTP/1.1\r\nHost: a\r\n\r\n`, 400],
    ['for a path without a slash', 'GET predict HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    ['for a tunnel', 'CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    ['that expects what there is not', `GET ${path} HTTP/1.1\r\nHost: a\r\nExpect: x\r\n\r\n`, 417],
    ['with a URL of 20 kB', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`, 431],
    [
      'with 3,000 headers',
      `GET ${path} HTTP/1.1\r\nHost: a\r\n${Array.from({ length: 3000 }, (_, i) => `X${i}: 1\r\n`).join('')}\r\n`,
      431,
    ],
  ])('%s is refused', async (_, text, status) => {
    expect(await send(text)).toMatchObject([isError(status)])
  })

  test('for everything is refused, in the form of the path /', async () => {
    const [answer] = await send('OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n')
    expect(answer).toMatchObject({
      status: 400,
      body: expect.stringContaining('"code":"invalid_request"'),
    })
  })

  test('with a URL of 15 kB is for a path that is not there', async () => {
    expect(await get('', `/${'a'.repeat(15_000)}`)).toMatchObject([{ status: 404 }])
  })

  test.each([`http://a${path}`, `http://elsewhere.example:99${path}`, `https://a${path}`])(
    'in absolute form, for %s, is served (RFC 9112, section 3.2.2)',
    async (target) => {
      expect(await get('', target)).toMatchObject([{ status: 200 }])
    },
  )

  test.each(['http://[', 'ftp://a/x', 'http://', 'http://a:99999/'])(
    'in absolute form, for %s, is refused',
    async (target) => {
      const [{ status }] = await get('', target)
      expect(status).toBe(400)
    },
  )

  test('that would like another protocol is answered in this one', async () => {
    const answers = await get('Connection: Upgrade\r\nUpgrade: websocket\r\n')
    expect(answers).toMatchObject([{ status: 200 }])
  })

  test('behind another in one packet has its own answer, in order', async () => {
    const one = (value: number) =>
      `GET /predict/feature_a/${value}/feature_b/1 HTTP/1.1\r\n${host}X-Request-Id: r${value}\r\n\r\n`
    const answers = await send([1, 2, 3, 4].map(one).join(''))
    expect(answers.map(({ headers }) => headers['x-request-id'])).toEqual(['r1', 'r2', 'r3', 'r4'])
  })

  test('without a host waits for its turn to be refused', async () => {
    const rows = JSON.stringify({ instances: Array(5000).fill([1, 1]) }) // Predicted in a thread.
    const large = `POST /predict HTTP/1.1\r\n${host}Content-Length: ${rows.length}\r\n\r\n${rows}`
    const answers = await send(`${large}GET ${path} HTTP/1.1\r\n\r\n`)
    expect(answers).toMatchObject([{ status: 200 }, isError(400)])
  })

  test('that is garbage behind a stream of events ends it, and becomes no part of it', async () => {
    const [{ body: accepted }] = await post('Content-Length: 29\r\n')
    const { id } = JSON.parse(accepted)
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1')
    let received = ''
    socket.setEncoding('latin1').on('data', (text) => {
      received += text
    })
    socket.on('error', () => {})
    const closed = new Promise((resolve) => socket.on('close', resolve))
    socket.write(`GET /jobs/${id}/events HTTP/1.1\r\n${host}\r\n`)
    await waitFor(() => received.includes('event: queued'))
    socket.write('garbage\r\n\r\n')
    await closed
    expect(received.match(/HTTP\/1\.1/g)).toHaveLength(1)
  })

  test('hidden in the body of another is not one', async () => {
    const hidden = `GET ${path} HTTP/1.1\r\n${host}\r\n`
    const answers = await post(`Content-Length: ${hidden.length}\r\n`, hidden)
    expect(answers.length).toBeLessThan(2)
  })
})

/** A request with some of its bytes changed, taken out or doubled. */
const damaged = fc
  .array(fc.tuple(fc.nat(), fc.constantFrom('change', 'delete', 'double', 'insert'), fc.nat(255)), {
    minLength: 1,
    maxLength: 6,
  })
  .map((changes) => (text: string) => {
    let bytes = [...Buffer.from(text, 'latin1')]
    for (const [place, change, byte] of changes) {
      const at = place % bytes.length
      if (change === 'change') bytes[at] = byte
      else if (change === 'delete') bytes.splice(at, 1)
      else if (change === 'insert') bytes.splice(at, 0, byte)
      else bytes = [...bytes.slice(0, at), ...bytes.slice(at >> 1)]
    }
    return Buffer.from(bytes)
  })

test('a damaged request never has an answer of 5xx, nor one that is not whole', async () => {
  const property = fc.asyncProperty(damaged, fc.boolean(), async (damage, isPost) => {
    const text = isPost
      ? `POST /predict-slow HTTP/1.1\r\n${host}Content-Length: 29\r\n\r\n${body}`
      : `GET ${path} HTTP/1.1\r\n${host}\r\n`
    for (const { status, body } of await send(damage(text))) {
      expect(status).toBeLessThan(500)
      if (status >= 400) expect(JSON.parse(body)).toMatchObject({ error: true, status })
    }
  })
  await fc.assert(property, { numRuns: 500, endOnFailure: true })
})
