import type { IncomingMessage, ServerResponse } from 'node:http'

/** How long what is left of a body is read and thrown away once its request has been answered. */
const drainMs = 2000

/**
 * Closes the connection of a client that continues to send the body of an answered request, because node would read it
 * without end. A client that finishes soon keeps its connection.
 */
export const limitUnreadBody = (request: IncomingMessage, response: ServerResponse): void => {
  const { headers, socket } = request
  if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) return
  response.once('finish', () => {
    if (request.complete) return
    setTimeout(() => {
      if (!request.complete) socket.destroy()
    }, drainMs).unref()
  })
}
