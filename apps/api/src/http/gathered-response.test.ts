import { once } from 'node:events'
import { createServer, IncomingMessage } from 'node:http'
import { type AddressInfo, connect, Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { GatheredResponse, sendAtOnce, sendGatheredAtEnd } from './gathered-response.ts'

const written: GatheredResponse[] = []
let isAtOnce = false

const server = createServer({ ServerResponse: GatheredResponse }, (_, response) => {
  if (isAtOnce) sendAtOnce(response)
  response.end('answer')
  written.push(response)
}).on('connection', sendGatheredAtEnd)

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
beforeEach(() => {
  written.length = 0
  isAtOnce = false
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

/** Handles so many requests as if all had come at once, and counts the answers that are sent meanwhile. */
const sentOf = (count: number) => {
  for (let i = 0; i < count; i++) {
    const request = Object.assign(new IncomingMessage(new Socket()), { method: 'GET' })
    server.emit('request', request, new GatheredResponse(request))
  }
  return written.filter(({ writableEnded }) => writableEnded).length
}

test('answers are sent together, 32 at most', () => {
  expect(sentOf(31)).toBe(0)
  expect(sentOf(34)).toBe(64)
})

test('an answer can be sent at once', () => {
  isAtOnce = true
  expect(sentOf(1)).toBe(1)
})

test('a client that closes its side behind its request gets its answer', async () => {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.end('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
  expect(await text(socket)).toMatch(/^HTTP\/1.1 200.*answer$/s)
})
