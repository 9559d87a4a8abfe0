import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startTracing } from './index.ts'

/** A collector: what it was sent. */
const collecting = async () => {
  const received: unknown[] = []
  const server = createServer(async (request, response) => {
    received.push({ url: request.url, body: await json(request) })
    response.end('{}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received }
}

const parent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

describe('traces', () => {
  test('none are there without a collector', async () => {
    expect(await startTracing('dsapi-test', undefined)).toBeUndefined()
  })

  test('go to the collector with their parent, attributes and error', async () => {
    const { endpoint, received } = await collecting()
    const tracing = await startTracing('dsapi-test', endpoint)
    tracing?.begin('server', parent).end('GET /x', { 'http.route': '/x' }, 'broken')
    await tracing?.stop()
    expect(received).toMatchObject([{ url: '/v1/traces' }])
    const text = JSON.stringify(received)
    expect(text).toContain('"traceId":"0af7651916cd43dd8448eb211c80319c"')
    expect(text).toContain('"parentSpanId":"b7ad6b7169203331"')
    expect(text).toContain('"name":"GET /x"')
    expect(text).toContain('"key":"http.route","value":{"stringValue":"/x"}')
    expect(text).toContain('"message":"broken"')
    expect(text).toContain('dsapi-test')
  })

  test('a span can be named to others as their parent', async () => {
    const { endpoint } = await collecting()
    const tracing = await startTracing('dsapi-test', endpoint)
    const inside = tracing?.begin('consumer', parent).traceparent
    expect(inside).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01$/)
    expect(inside).not.toBe(parent)
    expect(tracing?.begin('server', undefined).traceparent).toMatch(/^00-[0-9a-f]{32}-/)
    await tracing?.stop()
  })

  test('an unreachable collector does not keep the process from ending', async () => {
    const tracing = await startTracing('dsapi-test', 'http://127.0.0.1:1')
    tracing?.begin('server', undefined).end('GET /x', {})
    await tracing?.stop()
  })
})
