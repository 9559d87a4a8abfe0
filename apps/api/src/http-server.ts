import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { getRequestListener, RequestError } from '@hono/node-server'
import { writeBareError } from './bare-error.ts'
import { ApiError, errorBody } from './errors.ts'

type Fetch = Parameters<typeof getRequestListener>[0]

/** The address cannot be listened on; the message says why and what to do. */
export class ListenError extends Error {
  override readonly name = 'ListenError'
}

export type HttpServer = {
  readonly port: number
  /** Takes no new connections, and waits for the requests under way, at most `graceMs`. */
  readonly stop: (graceMs: number) => Promise<void>
}

/**
 * Serves `fetch` over HTTP/1.1.
 *
 * @param port 0 takes any free one
 * @throws ListenError when the address is in use, not ours, or not allowed
 */
export const listen = async (fetch: Fetch, host: string, port: number): Promise<HttpServer> => {
  const answer = getRequestListener(fetch, {
    hostname: 'localhost', // For a client of HTTP/1.0 that names no host.
    errorHandler: answerBadRequest,
  })
  const server = createServer(
    {
      // A key that is sent twice must be seen twice: node would drop the second `Authorization`.
      joinDuplicateHeaders: true,
      // A batch may take as long as it comes on; other bodies have `read-body.ts` behind them.
      requestTimeout: 0,
      headersTimeout: headersTimeoutMs,
      requireHostHeader: false, // Node would answer without a body; see `lacksHost`.
    },
    (incoming, outgoing) =>
      lacksHost(incoming)
        ? writeBareError(incoming.socket, 400, 'HTTP/1.1 needs a Host header')
        : answer(incoming, outgoing),
  )
  server.on('clientError', answerMalformed)
  server.on('checkExpectation', ({ socket }: IncomingMessage) =>
    writeBareError(socket, 417, 'Expect may be 100-continue and nothing else'),
  )
  server.on('connect', (_, socket) => writeBareError(socket, 400, 'This is no proxy'))
  server.setTimeout(silentTimeoutMs)
  server.listen(port, host)
  await once(server, 'listening').catch((error: unknown) => {
    throw new ListenError(explainListen(error, host, port), { cause: error })
  })
  return { port: (server.address() as AddressInfo).port, stop: (ms) => stop(server, ms) }
}

/** RFC 9112, section 3.2: to be answered with 400. */
const lacksHost = ({ headers, httpVersion }: IncomingMessage) =>
  headers.host === undefined && httpVersion === '1.1'

const headersTimeoutMs = 30_000
/** A connection over which nothing has gone for so long is closed: longer than any answer is held. */
const silentTimeoutMs = 120_000

const explainListen = (error: unknown, host: string, port: number) => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') {
    return `Port ${port} on ${host} is in use by another program. Stop it, or choose another port: PORT=${port + 1}`
  }
  if (code === 'EACCES') {
    return `Port ${port} may not be used by this user. Choose one above 1023, for example PORT=8000`
  }
  return `Cannot listen on ${host} port ${port} (${code ?? error}). Check HOST and PORT`
}

/** Node closes the connections that are idle now; those that become idle later are ours to close. */
const closeIdleEveryMs = 50

const stop = async (server: Server, graceMs: number) => {
  const closed = once(server, 'close')
  server.close()
  const closeIdle = setInterval(() => server.closeIdleConnections(), closeIdleEveryMs)
  const closeAll = setTimeout(() => server.closeAllConnections(), graceMs)
  await closed
  clearInterval(closeIdle)
  clearTimeout(closeAll)
}

/** A request that HTTP allows and no URL can be made of. */
const answerBadRequest = (error: unknown): Response | undefined => {
  if (!(error instanceof RequestError)) return undefined
  const requestId = randomUUID()
  const body = errorBody(new ApiError('invalid_request', 'The request is malformed'), requestId)
  return Response.json(body, { status: 400, headers: { 'x-request-id': requestId } })
}

const malformed: Readonly<Record<string, readonly [number, string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'The request headers are too large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request took too long to arrive'],
}

/** What node's parser could not read never becomes a request; it is answered on the bare socket. */
const answerMalformed = (error: NodeJS.ErrnoException, socket: Duplex) => {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const [status, message] = malformed[error.code ?? ''] ?? [400, 'The request is not valid HTTP']
  writeBareError(socket, status, message)
}
