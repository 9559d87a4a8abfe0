import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { waitFor } from '@dsapi/testing'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { limitConnections, mostConnections } from '../src/http/connection-limit.ts'
import { type RunningApi, runApi } from './running-api.ts'

let api: RunningApi
beforeAll(async () => {
  api = await runApi()
  await fetch(`${api.url}/jobs`, { headers: { 'x-api-key': api.key } }) // Known from now on.
})
afterAll(() => api.stop())

/** Sends text, then goes on with one byte again and again; says what it has got and when the server hangs up. */
const trickling = (text: string) => {
  const { port, hostname } = new URL(api.url)
  const socket = connect(Number(port), hostname)
  let answer = ''
  socket.setEncoding('latin1').on('data', (data) => {
    answer += data
  })
  socket.on('error', () => {}) // The server hangs up.
  const closed = new Promise<string>((resolve) => socket.once('close', () => resolve(answer)))
  socket.write(text)
  const timer = setInterval(() => socket.write(' '), 100)
  const stop = () => {
    clearInterval(timer)
    socket.destroy()
  }
  onTestFinished(stop)
  void closed.then(stop)
  return closed
}

const length = 'Content-Length: 1000000'
const predict = '/predict/feature_a/1/feature_b/1'

test.each([
  ['that needs no key', `GET /livez HTTP/1.1\r\n${length}`, 200],
  ['without a key', `GET /jobs HTTP/1.1\r\n${length}`, 401],
  ['in chunks', 'GET /livez HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nfffff', 200],
  ['on the fast path', `GET ${predict} HTTP/1.1\r\nX-API-Key: KEY\r\n${length}`, 200],
  ['for what is not there', `DELETE /x HTTP/1.1\r\nX-API-Key: KEY\r\n${length}`, 404],
  ['too large', 'POST /predict HTTP/1.1\r\nX-API-Key: KEY\r\nContent-Length: 999999999', 413],
])(
  'a request %s that goes on with its body after the answer is hung up on',
  async (_, head, status) => {
    const host = 'HTTP/1.1\r\nHost: a'
    const text = `${head.replace('HTTP/1.1', host).replace('KEY', api.key)}\r\n\r\n`
    expect(await trickling(text.replace('fffff\r\n\r\n', 'fffff\r\n'))).toMatch(
      new RegExp(`^HTTP/1\\.1 ${status} `),
    )
  },
  30_000,
)

test('a client that ends its body in time keeps its connection', async () => {
  const { port, hostname } = new URL(api.url)
  const socket = connect(Number(port), hostname)
  onTestFinished(() => void socket.destroy())
  let answers = ''
  socket.setEncoding('latin1').on('data', (data) => {
    answers += data
  })
  const count = () => answers.split('HTTP/1.1 200').length - 1
  socket.write('GET /livez HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n12')
  await waitFor(() => count() === 1)
  socket.write('34GET /livez HTTP/1.1\r\nHost: a\r\n\r\n')
  await waitFor(() => count() === 2)
})

test.each([
  [1_048_576, 30, 1_048_482],
  [1024, 30, 930],
  [100, 40, 30],
  [40, 30, 5],
  [40, 40, 1],
  [40, 50, 1],
])('of %i descriptors, of which %i are open, connections get %i', (limit, open, most) => {
  expect(mostConnections(limit, open)).toBe(most)
})

test('connections beyond the limit are closed, which is said once, and there is room again when some end', async () => {
  const told: unknown[] = []
  const server = createServer((socket) => socket.write('served')).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  limitConnections(server, (facts) => told.push(facts), 1) // At least one is always served.
  const open = () => connect(port, '127.0.0.1').on('error', () => {})
  const isServed = async (socket: Socket) =>
    (await Promise.race([once(socket, 'data'), once(socket, 'close')]))[0] instanceof Buffer
  const first = open()
  expect(await isServed(first)).toBe(true)
  expect(await isServed(open())).toBe(false)
  expect(await isServed(open())).toBe(false)
  expect(told).toEqual([{ mostConnections: 1, closed: 1 }])
  first.destroy()
  await waitFor(async () => {
    const socket = open()
    const served = await isServed(socket)
    socket.destroy()
    return served
  })
})
