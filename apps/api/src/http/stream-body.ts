import type { Context } from 'hono'
import type { Env, Streamed } from './env.ts'

/** Says that the body of this answer is streamed: the request is observed when it has ended. */
export const beginStream = (context: Context<Env>): Streamed => {
  const streamed: Streamed = { failure: undefined }
  context.set('streamed', streamed)
  return streamed
}

/** Breaks an answer off: a body that just ended would pass for whole. */
export const breakOff = (context: Context<Env>, error: unknown): void => {
  const streamed = context.get('streamed')
  if (streamed) streamed.failure ??= error
  context.env.outgoing.destroy()
}

const encoder = new TextEncoder()

const bytesOf = (piece: string | Uint8Array) =>
  typeof piece === 'string' ? encoder.encode(piece) : piece

/**
 * Makes a body of texts or bytes. Each piece is requested when the client has taken the previous one. An error before the
 * first piece is thrown, so it is answered like any error. A later error aborts the response.
 */
export const streamBody = async (
  context: Context<Env>,
  pieces: AsyncGenerator<string | Uint8Array, void>,
): Promise<ReadableStream<Uint8Array>> => {
  const first = await pieces.next()
  beginStream(context)
  return new ReadableStream<Uint8Array>({
    start: (controller) => {
      if (first.done) controller.close()
      else controller.enqueue(bytesOf(first.value))
    },
    pull: async (controller) => {
      try {
        const { done, value } = await pieces.next()
        if (done) controller.close()
        else controller.enqueue(bytesOf(value))
      } catch (error) {
        // An error of the stream itself would be printed by the server, past the log.
        if (!context.env.outgoing.closed) breakOff(context, error)
      }
    },
    cancel: async () => {
      await pieces.return()
    },
  })
}
