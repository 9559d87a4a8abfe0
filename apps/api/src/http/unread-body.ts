import type { IncomingMessage, ServerResponse } from 'node:http'

/** How long what is left of a body is read and thrown away once its request has been answered. */
const drainMs = 2000

/**
 * Closes a connection whose client goes on sending the body of a request that has been answered: node would read it for
 * as long as it comes. A client that is about to finish keeps its connection.
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
