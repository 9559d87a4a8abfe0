import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { answerBare, writeBareError } from './bare-error.ts'
import { sendGathered } from './gathered-response.ts'
import { writtenPath } from './redact-secrets.ts'
import { pathOf } from './request-target.ts'

/** A request that was answered before it could become one of the app. */
export type RefusedRequest = {
  readonly requestId: string
  readonly method: string
  readonly path: string
  readonly status: number
}

export type OnRefused = (request: RefusedRequest) => void

const malformed: Readonly<Record<string, readonly [number, string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'The request headers are too large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request took too long to arrive'],
}

/** What stands for the method and the path of bytes that are no request. */
const unreadable = { method: 'MALFORMED', path: '-' } as const

/** Answers, and reports, requests that are not what HTTP asks for. */
export const createRefusals = (onRefused: OnRefused) => {
  /** Of each connection, the last answer that was not given on the spot. */
  const underWay = new WeakMap<Duplex, ServerResponse>()
  /** Connections that end with an answer which has been given: what comes after it is not looked at. */
  const ending = new WeakSet<Duplex>()

  /** What is written on a socket in the middle of an answer would become a part of it. */
  const answerOnSocket = (socket: Duplex, status: number, message: string) => {
    sendGathered()
    const answer = underWay.get(socket)
    if (answer?.headersSent && !answer.writableFinished) socket.destroy()
    else onRefused({ ...unreadable, requestId: writeBareError(socket, status, message), status })
  }

  /** What node's parser could not read never becomes a request; it is answered on the bare socket. */
  const answerMalformed = (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (ending.has(socket)) return
    sendGathered()
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy()
      return
    }
    const [status, message] = malformed[error.code ?? ''] ?? [400, 'The request is not valid HTTP']
    answerOnSocket(socket, status, message)
  }

  const refuse = (
    { method = '', url = '', headers, socket }: IncomingMessage,
    response: ServerResponse,
    status: number,
    message: string,
  ) => {
    ending.add(socket)
    const requestId = answerBare(response, status, message, pathOf(url))
    onRefused({ requestId, method, path: writtenPath(pathOf(url), headers), status })
  }

  const attach = (server: Server) => {
    server.on('clientError', answerMalformed)
    server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) =>
      refuse(request, response, 417, 'The Expect header must be 100-continue'),
    )
    server.on('connect', (_, socket) => answerOnSocket(socket, 400, 'This server is not a proxy'))
  }

  return {
    attach,
    refuse,
    /** Remembers an answer that is given later than its request comes. */
    begin: (socket: Duplex, response: ServerResponse) => void underWay.set(socket, response),
  }
}
