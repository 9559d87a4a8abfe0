import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

export type Received = { readonly headers: IncomingHttpHeaders; readonly body: string }

/** A server that keeps what it receives, and answers with a status. Undefined: it does not answer. */
export const receive = async (
  answer: (received: Received, path: string) => number | undefined = () => 204,
) => {
  const all: Received[] = []
  const server = createServer(async (request, response) => {
    const received = { headers: request.headers, body: await text(request) }
    all.push(received)
    const status = answer(received, request.url ?? '')
    if (status !== undefined) response.writeHead(status, { location: '/elsewhere' }).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { all, url: `http://127.0.0.1:${port}/hook` }
}
