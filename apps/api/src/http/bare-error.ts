import { randomUUID } from 'node:crypto'
import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { protocolOf } from '@dsapi/inference'
import { baseHeaders } from './base-headers.ts'
import { ApiError, errorBody, errorIn } from './errors.ts'

/** Makes an error, in the form of every error, for what never becomes a request of the app. */
const bareError = (status: number, message: string, path = '') => {
  const requestId = randomUUID()
  const error = new ApiError(status === 408 ? 'request_timeout' : 'invalid_request', message)
  const protocol = protocolOf(path)
  const written = protocol && errorIn(protocol, error, requestId, status)
  const body =
    written?.body ?? Buffer.from(JSON.stringify({ ...errorBody(error, requestId), status }))
  const headers: Readonly<Record<string, string>> = {
    ...baseHeaders,
    ...(written?.headers ?? { 'content-type': 'application/json' }),
    'content-length': String(body.length),
    'x-request-id': requestId,
    connection: 'close',
  }
  return { headers, body, requestId }
}

/** Answers a rejected request, after the requests before it, and closes the connection. Returns the id of the request. */
export const answerBare = (
  response: ServerResponse,
  status: number,
  message: string,
  path: string,
): string => {
  const { headers, body, requestId } = bareError(status, message, path)
  response.writeHead(status, headers).end(body)
  return requestId
}

/** Answers bytes that are no request on their socket, and closes the connection. Returns the id that they were given. */
export const writeBareError = (socket: Duplex, status: number, message: string): string => {
  const { headers, body, requestId } = bareError(status, message)
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('\r\n')}\r\n\r\n`)
  socket.end(body)
  return requestId
}
