import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { type AuthenticatedEnv, apiKeyAuth } from '@dsapi/auth'
import { getRequestListener } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { expect, test } from 'vitest'

test('no body is kept while the answer to a wrong key waits', async () => {
  let release = () => {}
  const waits = new Promise<void>((resolve) => {
    release = resolve
  })
  const app = new Hono<AuthenticatedEnv>()
  app.use(
    apiKeyAuth({
      authenticate: () => ({ outcome: 'invalid' }),
      failedAttempts: { slow: () => waits.then(() => 11) },
      refuse: (context: Context) => context.text('no', 401),
    } as unknown as Parameters<typeof apiKeyAuth>[0]),
  )
  const server = createServer(getRequestListener(app.fetch))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const requested = once(server, 'request')
  const body = 'x'.repeat(2 ** 20)
  socket.write(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n${body}`)
  const [request] = await requested
  await once(request, 'end')
  expect(request.readableLength).toBe(0)
  release()
  expect(String(await once(socket, 'data'))).toContain('HTTP/1.1 401')
  socket.destroy()
  server.close()
})
