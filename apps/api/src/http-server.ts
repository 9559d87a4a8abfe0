import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, Server as NetServer } from 'node:net'
import type { Duplex } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { getRequestListener, RequestError } from '@hono/node-server'
import { answerBare, writeBareError } from './bare-error.ts'
import { ApiError, errorBody } from './errors.ts'

type Fetch = Parameters<typeof getRequestListener>[0]

/** The address cannot be listened on; the message says why and what to do. */
export class ListenError extends Error {
  override readonly name = 'ListenError'
}

export type HttpServer = {
  readonly port: number
  /** From now on each connection is closed with its next answer; new ones are still accepted. */
  readonly drain: () => void
  readonly stop: (options: StopOptions) => Promise<void>
}

export type StopOptions = {
  /** How long requests under way may take. */
  readonly graceMs: number
  /** How long connections are still listened to over which nothing goes at the moment: a request that
   * has been sent already would be lost with them. */
  readonly lingerMs: number
}

/** Answers a request if it can, and says whether it has. */
export type Shortcut = (request: IncomingMessage, response: ServerResponse) => boolean

/**
 * Serves over HTTP/1.1 what `shortcut` answers, and `fetch` for all else.
 *
 * @param port 0 takes any free one
 * @param variable the setting that the port comes from
 * @throws ListenError when the address is in use, not ours, or not allowed
 */
export const listen = async (
  fetch: Fetch,
  host: string,
  port: number,
  shortcut: Shortcut = () => false,
  variable = 'PORT',
): Promise<HttpServer> => {
  const answer = getRequestListener(fetch, {
    hostname: 'localhost', // For a client of HTTP/1.0 that names no host.
    errorHandler: answerBadRequest,
  })
  let isDraining = false
  const server = createServer(
    {
      // A key that is sent twice must be seen twice: node would drop the second `Authorization`.
      joinDuplicateHeaders: true,
      // A batch may take as long as it comes on; other bodies have `read-body.ts` behind them.
      requestTimeout: 0,
      headersTimeout: headersTimeoutMs,
      keepAliveTimeout: keepAliveMs,
      requireHostHeader: false, // Node would answer without a body; see `lacksHost`.
    },
    (request, response) => {
      if (lacksHost(request)) {
        answerBare(response, 400, 'HTTP/1.1 needs a Host header')
        return
      }
      if (isDraining || !server.listening) response.setHeader('connection', 'close')
      if (shortcut(request, response)) return
      underWay.set(request.socket, response)
      void answer(request, response)
    },
  )
  server.on('clientError', answerMalformed)
  server.on('checkExpectation', (_: IncomingMessage, response: ServerResponse) =>
    answerBare(response, 417, 'Expect may be 100-continue and nothing else'),
  )
  server.on('connect', (_, socket) => answerOnSocket(socket, 400, 'This is no proxy'))
  server.setTimeout(silentTimeoutMs)
  server.listen(port, host)
  await once(server, 'listening').catch((error: unknown) => {
    throw new ListenError(explainListen(error, host, port, variable), { cause: error })
  })
  return {
    port: (server.address() as AddressInfo).port,
    drain: () => {
      isDraining = true
    },
    stop: (options) => stop(server, options),
  }
}

/** RFC 9112, section 3.2: to be answered with 400. */
const lacksHost = ({ headers, httpVersion }: IncomingMessage) =>
  headers.host === undefined && httpVersion === '1.1'

const headersTimeoutMs = 30_000
/** Longer than proxies keep idle connections (nginx and AWS: 60 s), so that it is they who close them: a request
 * that is sent while a server closes is lost. */
const keepAliveMs = 75_000
/** A connection over which nothing has gone for so long is closed: longer than any answer is held. */
const silentTimeoutMs = 120_000

const explainListen = (error: unknown, host: string, port: number, variable: string) => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') {
    return `Port ${port} on ${host} is in use by another program. Stop it, or choose another port: ${variable}=${port + 1}`
  }
  if (code === 'EACCES') {
    return `Port ${port} may not be used by this user. Choose one above 1023, for example ${variable}=8000`
  }
  return `Cannot listen on ${host} port ${port} (${code ?? error}). Check HOST and ${variable}`
}

/** Node closes the connections that are idle now; those that become idle later are ours to close. */
const closeIdleEveryMs = 50

const stop = async (server: Server, { graceMs, lingerMs }: StopOptions) => {
  const closed = once(server, 'close')
  // The `close` of node:http would end idle connections at once.
  NetServer.prototype.close.call(server)
  await Promise.race([closed, wait(lingerMs)])
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
  answerOnSocket(socket, status, message)
}

/** Of each connection, the last answer that was not given on the spot. */
const underWay = new WeakMap<Duplex, ServerResponse>()

/** What is written on a socket in the middle of an answer would become a part of it. */
const answerOnSocket = (socket: Duplex, status: number, message: string) => {
  const answer = underWay.get(socket)
  if (answer?.headersSent && !answer.writableFinished) socket.destroy()
  else writeBareError(socket, status, message)
}
