import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, Server as NetServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { getRequestListener, RequestError } from '@hono/node-server'
import { baseHeaders } from './base-headers.ts'
import { limitConnections, type OnTooManyConnections } from './connection-limit.ts'
import { ApiError, errorBody, statuses } from './errors.ts'
import { GatheredResponse, sendGatheredAtEnd } from './gathered-response.ts'
import type { HiddenPaths } from './hidden-paths.ts'
import { modelError } from './model-error.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { protocolProblem } from './protocol-problem.ts'
import { createRefusals, type OnRefused } from './reject-malformed.ts'
import { limitUnreadBody } from './unread-body.ts'

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

/** Answers a request if it can, and reports whether it has; a promise where that takes time. It never rejects. */
export type FastPath = (
  request: IncomingMessage,
  response: ServerResponse,
) => boolean | Promise<boolean>

type ListenOptions = {
  /** Is asked before all else. */
  readonly fastPath?: FastPath | undefined
  /** Is waited for before `fetch` is shown a request. */
  readonly prepare?: HiddenPaths['prepare']
  /** Called for requests that are answered here because they are not valid HTTP. */
  readonly onRefused?: OnRefused
  /** Called for answers that failed where no handler could catch it. */
  readonly onError?: (error: unknown) => void
  readonly onTooManyConnections?: OnTooManyConnections
  /** The setting that the port comes from. */
  readonly variable?: string
}

/**
 * Serves over HTTP/1.1 what `fastPath` answers, and `fetch` for all else.
 *
 * @param port 0 takes any free one
 * @throws ListenError when the address is in use, not ours, or not allowed
 */
export const listen = async (
  fetch: Fetch,
  host: string,
  port: number,
  {
    fastPath = () => false,
    prepare = () => undefined,
    onRefused = () => {},
    onError = () => {},
    onTooManyConnections = () => {},
    variable = 'PORT',
  }: ListenOptions = {},
): Promise<HttpServer> => {
  const refusals = createRefusals(onRefused)
  const answer = getRequestListener(fetch, {
    hostname: 'localhost', // For a client of HTTP/1.0 that names no host.
    errorHandler: answerFailure(onRefused, onError),
  })
  const takeGeneralPath = (request: IncomingMessage, response: ServerResponse) => {
    const prepared = prepare(request)
    if (prepared === undefined) void answer(request, response)
    else void prepared.then(() => answer(request, response))
  }
  let isDraining = false
  const server = createServer(
    {
      ServerResponse: GatheredResponse,
      // A key that is sent twice must be seen twice: node would drop the second `Authorization`.
      joinDuplicateHeaders: true,
      // A batch may take as long as it comes on; other bodies have `read-body.ts` behind them.
      requestTimeout: 0,
      headersTimeout: headersTimeoutMs,
      keepAliveTimeout: keepAliveMs,
      requireHostHeader: false, // Node would answer without a body; see `protocolProblem`.
    },
    oneAtATime((request, response) => {
      limitUnreadBody(request, response)
      const problem = protocolProblem(request)
      if (problem) {
        refusals.refuse(request, response, problem.status, problem.message)
        return
      }
      if (isDraining || !server.listening) response.setHeader('connection', 'close')
      const answered = fastPath(request, response)
      if (answered === true) return
      refusals.begin(request.socket, response)
      if (answered === false) takeGeneralPath(request, response)
      else void answered.then((isAnswered) => isAnswered || takeGeneralPath(request, response))
    }),
  )
  server.on('connection', sendGatheredAtEnd)
  refusals.attach(server)
  limitConnections(server, onTooManyConnections)
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

/** A request that HTTP allows and no URL can be made of, or an answer that failed outside of all routes. */
const answerFailure =
  (onRefused: OnRefused, onError: (error: unknown) => void) =>
  (error: unknown): Response => {
    const isRequest = error instanceof RequestError
    if (!isRequest) onError(error)
    const apiError = isRequest
      ? new ApiError('invalid_request', 'The request is malformed')
      : (modelError(error) ?? new ApiError('internal', 'Internal server error'))
    const requestId = randomUUID()
    const status = statuses[apiError.code]
    onRefused({ requestId, method: 'MALFORMED', path: '-', status })
    const headers = { ...baseHeaders, 'x-request-id': requestId }
    return Response.json(errorBody(apiError, requestId), { status, headers })
  }
