import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMemoryBudget } from './memory-budget.ts'
import { bodyLimit, type Exchange, readBytes } from './read-body.ts'

const server = createServer()
const limit = bodyLimit(createMemoryBudget(2 ** 24), 2 ** 20)

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const head = 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n'

/** Sends a body, and begins to read it. */
const begin = async (body: string) => {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const requested = once(server, 'request')
  socket.write(head + body)
  const [incoming, outgoing] = await requested
  const exchange: Exchange = { incoming, outgoing }
  const read = readBytes(exchange, limit)
  return { socket, incoming: exchange.incoming, read }
}

const usedBytes = () => {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

const chunked = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`

test('a body of parts of all lengths is put together as it was sent', async () => {
  const parts = Array.from({ length: 200 }, (_, i) => String(i % 10).repeat(1 + ((i * 37) % 300)))
  const { socket, read } = await begin(`${parts.map(chunked).join('')}0\r\n\r\n`)
  expect(new TextDecoder().decode((await read).bytes)).toBe(parts.join(''))
  socket.destroy()
})

test('a body of parts of one byte takes no more memory than its bytes', async () => {
  const count = 200_000
  const before = usedBytes()
  const { socket, incoming, read } = await begin(chunked('1').repeat(count))
  let come = 0
  await new Promise<void>((resolve) => {
    incoming.on('data', ({ length }: Buffer) => {
      come += length
      if (come === count) setImmediate(resolve)
    })
  })
  expect(usedBytes() - before).toBeLessThan(20 * count)
  socket.write('0\r\n\r\n')
  expect((await read).bytes).toHaveLength(count)
  socket.destroy()
})
