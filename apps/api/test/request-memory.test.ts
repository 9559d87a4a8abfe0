import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { waitFor } from '@dsapi/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bodyOf, type RunningApi, runApi } from './running-api.ts'

let api: RunningApi

beforeAll(async () => {
  api = await runApi({ config: { requestMemory: 10 * 2 ** 20 } })
})
afterAll(() => api.stop())

const rows = (count: number) => `{"instances":[${Array(count).fill('[1,1]').join(',')}]}`

const post = (body: string | ReadableStream, path = '/predict') =>
  fetch(api.url + path, {
    method: 'POST',
    headers: { 'x-api-key': api.key },
    body,
    ...(body instanceof ReadableStream && { duplex: 'half' }),
  })

/** Sends the head of a request and a part of its body. */
const begin = async (length: number, part = '{', more = ''): Promise<Socket> => {
  const socket = connect(Number(new URL(api.url).port), '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'connect')
  const headers = `Host: a\r\nX-API-Key: ${api.key}\r\n${more}Content-Length: ${length}`
  socket.write(`POST /predict HTTP/1.1\r\n${headers}\r\n\r\n${part}`)
  return socket
}

/** Sends a part of a body that takes most of the memory, and waits until it has it. */
const holdMost = async (): Promise<Socket> => {
  for (;;) {
    const socket = await begin(2_000_000, '{', 'Expect: 100-continue\r\n')
    await once(socket, 'data') // The server has begun with it.
    if (!(await isFree())) return socket
    socket.destroy() // It was refused: what came before it was still held.
  }
}

const isFree = async () => {
  const response = await post(rows(100_000))
  await response.text()
  return response.status === 200
}

describe('the memory of requests', () => {
  test('is taken before a body is read, and a request for which none is left is 503', async () => {
    const socket = await holdMost()
    const refused = await post(rows(100_000))
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(await bodyOf(refused)).toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('no memory left'),
    })
    expect((await post(rows(10))).status).toBe(200)
    const batch = { method: 'POST', headers: { 'x-api-key': api.key, 'content-type': 'text/csv' } }
    const submitted = await fetch(`${api.url}/jobs/batch`, {
      ...batch,
      body: 'feature_a,feature_b',
    })
    expect(submitted.status).toBe(503)
    socket.destroy()
    await waitFor(isFree)
  })

  test('is taken by a body that does not say how long it is, as it comes', async () => {
    const socket = await holdMost()
    expect((await post(new Blob([rows(100_000)]).stream())).status).toBe(503)
    expect((await post(new Blob([rows(10)]).stream())).status).toBe(200)
    socket.destroy()
    await waitFor(isFree)
  })

  test('is given back by each request when it is answered, whatever the answer is', async () => {
    const bodies = [rows(100_000), 'x'.repeat(600_000), rows(300_000), '{', rows(0)]
    for (let i = 0; i < 20; i++) await (await post(bodies[i % bodies.length])).text()
    expect(await isFree()).toBe(true)
  })

  test('limits the largest body, for none may take more than all', async () => {
    const answer = await post(rows(500_000))
    expect(answer.status).toBe(413)
    expect(await bodyOf(answer)).toMatchObject({ message: expect.stringContaining('2097152') })
  })

  test('is given back when a client leaves while it is answered', async () => {
    const body = rows(300_000)
    for (let i = 0; i < 10; i++) {
      const socket = await begin(body.length, body)
      await once(socket, 'data')
      socket.destroy()
    }
    await waitFor(isFree)
  })
})

test('an answer that is read slowly is whole', async () => {
  const response = await post(rows(200_000))
  const reader = response.body?.getReader()
  let text = ''
  const decoder = new TextDecoder()
  for (let i = 0; ; i++) {
    const { done, value } = (await reader?.read()) ?? {}
    if (done !== false) break
    text += decoder.decode(value, { stream: true })
    if (i % 10 === 0) await setTimeout(5)
  }
  expect(JSON.parse(text).predictions).toHaveLength(200_000)
})

test('a client that does not read its answer keeps nobody else from one', async () => {
  const body = rows(100_000)
  const socket = (await begin(body.length, body)).pause()
  await waitFor(isFree)
  socket.destroy()
})
