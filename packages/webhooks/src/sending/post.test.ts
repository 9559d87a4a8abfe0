import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { readAllowedHosts } from '../addresses/allowed-hosts.ts'
import type { Resolve } from '../addresses/checked-lookup.ts'
import { explainFailure } from './explain-failure.ts'
import { post } from './post.ts'

type Received = { readonly connections: () => number; readonly port: number }

/** A server that does something with each connection once a request has begun to arrive. */
const listen = async (answer: (socket: Socket) => void): Promise<Received> => {
  let connections = 0
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    connections++
    sockets.add(socket)
    socket.on('error', () => {})
    socket.once('data', () => answer(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { connections: () => connections, port: (server.address() as AddressInfo).port }
}

type Asked = {
  readonly allowed?: readonly string[]
  readonly timeoutMs?: number
  readonly resolve?: Resolve
  readonly signal?: AbortSignal
}

const send = (url: string, { allowed = ['127.0.0.1'], ...asked }: Asked = {}) =>
  post(
    new URL(url),
    { headers: { 'webhook-id': 'a' }, body: '{}' },
    {
      timeoutMs: 60_000,
      signal: new AbortController().signal,
      ...asked,
      allowed: readAllowedHosts(allowed),
    },
  )

const failureOf = async (url: string, asked?: Asked) =>
  send(url, asked).then((status) => `status ${status}`, explainFailure)

/** Writes more and more for as long as the other side takes it. */
const pour = (socket: Socket, text: string) => {
  const more = () => {
    if (socket.writable) socket.write(text, () => setImmediate(more))
  }
  more()
}

test.each([
  ['a whole answer', 'HTTP/1.1 204 No Content\r\n\r\n', 204],
  ['a redirect, which is not followed', 'HTTP/1.1 302 Found\r\nLocation: /other\r\n\r\n', 302],
  ['an answer after another that is none', 'HTTP/1.1 102 Wait\r\n\r\nHTTP/1.1 200 OK\r\n\r\n', 200],
  ['an answer whose body never ends', 'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nx', 200],
])('the status is that of %s', async (_, text, status) => {
  const server = await listen((socket) => socket.write(text))
  expect(await send(`http://127.0.0.1:${server.port}/`)).toBe(status)
  expect(server.connections()).toBe(1)
})

test('the status is that of an answer whose body is poured out without an end', async () => {
  const { port } = await listen((socket) => {
    socket.write('HTTP/1.1 500 No\r\n\r\n')
    pour(socket, 'x'.repeat(10_000))
  })
  expect(await send(`http://127.0.0.1:${port}/`)).toBe(500)
})

const upgrade = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: a\r\n\r\n'

test.each<[string, (socket: Socket) => void, RegExp]>([
  ['switches protocols', (socket) => socket.write(upgrade), /without an answer|socket hang up/],
  ['sends headers without an end', (socket) => pour(socket, 'A: b\r\n'.repeat(100)), /Parse Error/],
  [
    'sends more headers than it may',
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n')
      pour(socket, 'A: b\r\n'.repeat(100))
    },
    /Header overflow|Parse Error/i,
  ],
  ['resets the connection', (socket) => socket.resetAndDestroy(), /ECONNRESET/],
  ['closes the connection', (socket) => socket.end(), /socket hang up/],
  ['sends something else', (socket) => socket.write('SSH-2.0\r\n'), /Parse Error/],
])('an attempt fails at once where the server %s', async (_, answer, reason) => {
  const { port } = await listen(answer)
  expect(await failureOf(`http://127.0.0.1:${port}/`)).toMatch(reason)
})

test.each<[string, (socket: Socket) => void]>([
  ['does not answer', () => {}],
  ['begins an answer and does not go on', (socket) => socket.write('HTTP/1.1 200 OK\r\nA: ')],
  [
    'sends preliminary answers without an end',
    (socket) => pour(socket, 'HTTP/1.1 102 Processing\r\n\r\n'),
  ],
])('an attempt ends in time where the server %s', async (_, answer) => {
  const { port } = await listen(answer)
  const asked = { timeoutMs: 300 }
  expect(await failureOf(`http://127.0.0.1:${port}/`, asked)).toBe(
    'The server did not answer within 0.3 seconds',
  )
})

test('an attempt ends in time where no name server answers', async () => {
  const asked = { timeoutMs: 50, resolve: () => {} }
  expect(await failureOf('https://example.com/', asked)).toContain('did not answer within')
})

test('an attempt ends when it is aborted', async () => {
  const ending = new AbortController()
  const { port } = await listen(() => ending.abort())
  const failed = failureOf(`http://127.0.0.1:${port}/`, { signal: ending.signal })
  expect(await failed).toBe('The attempt was ended')
})

const to =
  (...addresses: readonly string[]): Resolve =>
  (_, __, callback) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )

test.each<[string, string, Resolve | undefined]>([
  ['a name of an inside address', 'http://example.com', to('127.0.0.1')],
  ['a name of which one address is inside', 'http://example.com', to('1.1.1.1', '10.0.0.1')],
  ['a name of a mapped address', 'http://example.com', to('::ffff:127.0.0.1')],
  ['an inside address', 'http://127.0.0.1', undefined],
  ['a whole number that is an address', 'http://2130706433', undefined],
  ['an inside address in brackets', 'http://[::1]', undefined],
])('nothing is sent to %s', async (_, url, resolve) => {
  const server = await listen((socket) => socket.end())
  const asked = { allowed: [], ...(resolve && { resolve }) }
  const sent = send(`${url}:${server.port}/`, asked)
  await expect(sent).rejects.toMatchObject({ name: 'InsideAddressError' })
  expect(server.connections()).toBe(0)
})

test('the name is resolved once, and the connection is made to the address that was checked', async () => {
  const server = await listen((socket) => socket.write('HTTP/1.1 200 OK\r\n\r\n'))
  const answers = ['127.0.0.1', '127.0.0.2']
  const resolve: Resolve = (_, options, callback) =>
    to(answers.shift() ?? '127.0.0.3')('', options, callback)
  const asked = { allowed: ['127.0.0.1/32'], resolve }
  expect(await send(`http://example.com:${server.port}/`, asked)).toBe(200)
  expect(answers).toEqual(['127.0.0.2'])
})

test('where no address of a host can be reached, the reason says why', async () => {
  const { port } = await listen(() => {})
  const asked = { allowed: ['both.internal'], resolve: to('127.0.0.2', '127.0.0.3') }
  expect(await failureOf(`http://both.internal:${port}/`, asked)).toMatch(/ECONNREFUSED/)
})
