import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { sendAtOnce, sendGathered } from './gathered-response.ts'

type Handle = (request: IncomingMessage, response: ServerResponse) => void

type Turn = readonly [IncomingMessage, ServerResponse]

type Connection = {
  /** The answer that was begun last. */
  current: ServerResponse
  /** What has come while an earlier request was being answered. */
  readonly waiting: Turn[]
}

/** No client that pipelines sends as many. */
const mostWaiting = 200

/**
 * Answers the requests of a connection one after the other, each when the answer before it has left. Node would begin
 * all that have come at once: thousands in one piece of 64 KiB, with the memory of all their answers, and no request of
 * another connection in between. A connection with too many is closed. A client that waits for its answer before it sends
 * the next request costs a look-up. Answers to a client that does not wait are not gathered with others: it may have closed
 * its side behind its last request.
 */
export const oneAtATime = (handle: Handle): Handle => {
  const connections = new WeakMap<Socket, Connection>()

  const beginNext = (socket: Socket, connection: Connection) => {
    const turn = socket.destroyed ? undefined : connection.waiting.shift()
    if (turn === undefined) return
    const [request, response] = turn
    connection.current = response
    beginNextAfter(socket, connection)
    handle(request, response)
  }

  const beginNextAfter = (socket: Socket, connection: Connection) => {
    if (connection.waiting.length > 0) {
      connection.current.once('close', () => beginNext(socket, connection))
    }
  }

  return (request, response) => {
    const { socket } = request
    if (socket.destroyed) return
    const connection = connections.get(socket)
    if (connection === undefined) connections.set(socket, { current: response, waiting: [] })
    else if (connection.current.closed && connection.waiting.length === 0) {
      connection.current = response
    } else if (connection.waiting.length < mostWaiting) {
      connection.waiting.push([request, response])
      sendAtOnce(response)
      if (connection.waiting.length === 1) {
        sendAtOnce(connection.current)
        sendGathered()
        beginNextAfter(socket, connection)
      }
      return
    } else {
      socket.destroy()
      return
    }
    handle(request, response)
  }
}
