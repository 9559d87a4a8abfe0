import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { expect, test } from 'vitest'
import { oneAtATime } from './one-at-a-time.ts'

const serve = async (handle: (request: IncomingMessage, response: ServerResponse) => void) => {
  const server = createServer(oneAtATime(handle))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const stop = () => {
    socket.destroy()
    server.close()
  }
  return { socket, stop }
}

const request = (path: string) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`
const requests = (count: number) => Array.from({ length: count }, (_, i) => request(`/${i}`))

test('requests that come together are answered in turn, one at a time', async () => {
  let under = 0
  let most = 0
  const { socket, stop } = await serve(({ url }, response) => {
    most = Math.max(most, ++under)
    setImmediate(() => response.end(`[${url}]`, () => under--))
  })
  socket.write(requests(100).join(''))
  let text = ''
  for await (const piece of socket) {
    text += piece
    if (text.includes('[/99]')) break
  }
  expect(text.match(/\[\/\d+\]/g)).toEqual(Array.from({ length: 100 }, (_, i) => `[/${i}]`))
  expect(most).toBe(1)
  stop()
})

test('a connection with thousands of requests is closed, and nobody begins them', async () => {
  let begun = 0
  const { socket, stop } = await serve(() => void begun++)
  socket.on('error', () => {})
  socket.write(requests(3000).join(''))
  await new Promise((resolve) => socket.on('close', resolve))
  expect(begun).toBe(1)
  stop()
})

test('an answer that the client does not read keeps the next request waiting', async () => {
  let begun = 0
  const { socket, stop } = await serve((_, response) => {
    begun++
    response.end('x'.repeat(2 ** 24))
  })
  socket.pause()
  socket.write(requests(50).join(''))
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(begun).toBe(1)
  stop()
})
