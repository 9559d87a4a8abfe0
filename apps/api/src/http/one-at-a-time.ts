import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

type Handle = (request: IncomingMessage, response: ServerResponse) => void

/** What has come over a connection while an earlier request was being answered. */
type Turn = readonly [IncomingMessage, ServerResponse]

/** No client that pipelines sends as many. */
const mostWaiting = 200

/**
 * Answers the requests of a connection one after the other, each when the answer before it has left. Node would begin
 * all that have come at once: thousands in one piece of 64 KiB, with the memory of all their answers, and nobody else's
 * turn in between. A connection with too many is closed.
 */
export const oneAtATime = (handle: Handle): Handle => {
  const waiting = new WeakMap<Socket, Turn[]>()

  const begin = (socket: Socket, [request, response]: Turn) => {
    response.once('close', () => next(socket))
    handle(request, response)
  }

  const next = (socket: Socket) => {
    const turn = socket.destroyed ? undefined : waiting.get(socket)?.shift()
    if (turn === undefined) waiting.delete(socket)
    else begin(socket, turn)
  }

  return (request, response) => {
    const { socket } = request
    if (socket.destroyed) return
    const turns = waiting.get(socket)
    if (turns === undefined) {
      waiting.set(socket, [])
      begin(socket, [request, response])
    } else if (turns.length < mostWaiting) turns.push([request, response])
    else socket.destroy()
  }
}
