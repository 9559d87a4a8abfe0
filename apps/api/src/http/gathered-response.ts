import { type IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** No answer waits for more than so many others. */
const mostGathered = 32

let gathered: (() => void)[] = []

/** Sends the answers that wait. What is written on a socket past its response must come after them. */
export const sendGathered = (): void => {
  const all = gathered
  gathered = []
  for (const send of all) send()
}

/** A client that closes its side of a connection gets the answer that waits before node closes the other side. */
export const sendGatheredAtEnd = (socket: Socket): void =>
  void socket.prependListener('end', sendGathered)

/** Has an answer sent as soon as it is given. */
export const sendAtOnce = (response: ServerResponse): void => {
  if (response instanceof GatheredResponse) response.isGathered = false
}

/**
 * A response that is sent together with those to other connections, when all that has come with its request is read. So a
 * client in another process wakes up once for all of them. Each write that wakes one up takes longer than the rest of a small
 * request.
 */
export class GatheredResponse<
  Request extends IncomingMessage = IncomingMessage,
> extends ServerResponse<Request> {
  isGathered = true

  override end(chunk?: unknown, encoding?: BufferEncoding | (() => void), done?: () => void): this {
    if (!this.isGathered) return this.#send(chunk, encoding, done)
    const count = gathered.push(() => this.#send(chunk, encoding, done))
    if (count === 1) setImmediate(sendGathered)
    else if (count === mostGathered) sendGathered()
    return this
  }

  #send(chunk: unknown, encoding?: BufferEncoding | (() => void), done?: () => void): this {
    return typeof encoding === 'function'
      ? super.end(chunk, encoding)
      : super.end(chunk, encoding ?? 'utf8', done)
  }
}
