import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { ApiError, errorBody } from './errors.ts'

/** Answers on a bare socket, in the form of every error, what never becomes a request; and hangs up. */
export const writeBareError = (socket: Duplex, status: number, message: string): void => {
  const requestId = randomUUID()
  const body = JSON.stringify({
    ...errorBody(new ApiError('invalid_request', message), requestId),
    status,
  })
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
      `x-request-id: ${requestId}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  )
}
