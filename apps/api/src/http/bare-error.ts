import { randomUUID } from 'node:crypto'
import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { baseHeaders } from './base-headers.ts'
import { ApiError, errorBody } from './errors.ts'

/** Makes an error, in the form of every error, for what never becomes a request of the app. */
const bareError = (status: number, message: string) => {
  const requestId = randomUUID()
  const code = status === 408 ? 'request_timeout' : 'invalid_request'
  const body = JSON.stringify({ ...errorBody(new ApiError(code, message), requestId), status })
  const headers = {
    ...baseHeaders,
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'x-request-id': requestId,
    connection: 'close',
  }
  return { headers, body }
}

/** Answers a rejected request, after the requests before it, and closes the connection. Returns the id of the request. */
export const answerBare = (response: ServerResponse, status: number, message: string): string => {
  const { headers, body } = bareError(status, message)
  response.writeHead(status, headers).end(body)
  return headers['x-request-id']
}

/** Answers bytes that are no request on their socket, and closes the connection. Returns the id that they were given. */
export const writeBareError = (socket: Duplex, status: number, message: string): string => {
  const { headers, body } = bareError(status, message)
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', body].join('\r\n'))
  return headers['x-request-id']
}
