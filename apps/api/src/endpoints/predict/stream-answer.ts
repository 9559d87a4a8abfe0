import type { ServerResponse } from 'node:http'
import { type AnsweredPiece, dsapiJson } from '@dsapi/inference'

const encoder = new TextEncoder()
const opening = encoder.encode(dsapiJson.around.start)
const comma = encoder.encode(dsapiJson.around.between)
const closing = encoder.encode(dsapiJson.around.end)

type StreamOptions = {
  /** The response is destroyed when the answer cannot be finished: its status has left already. */
  readonly response: ServerResponse
  /** Is given why the answer could not be finished. */
  readonly onError: (error: unknown) => void
  /** A client that takes no piece for so long is cut off. */
  readonly longestWaitMs: number
}

/**
 * Makes the body of an answer from its pieces. A piece is asked for when the client has taken the one before
 * it, so a client that does not read holds four pieces at most.
 *
 * @param first the first of `pieces`, which were taken already
 */
export const streamAnswer = (
  first: readonly [AnsweredPiece, AnsweredPiece],
  pieces: AsyncGenerator<AnsweredPiece, void>,
  { response, onError, longestWaitMs }: StreamOptions,
): ReadableStream<Uint8Array> => {
  let wait: NodeJS.Timeout | undefined
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        for (const part of [opening, first[0].bytes, comma, first[1].bytes])
          controller.enqueue(part)
      },
      pull: async (controller) => {
        clearTimeout(wait)
        try {
          const { done, value } = await pieces.next()
          controller.enqueue(done ? closing : comma)
          if (done) controller.close()
          else controller.enqueue(value.bytes)
          wait = done ? undefined : setTimeout(() => response.destroy(), longestWaitMs)
        } catch (error) {
          if (!response.closed) onError(error)
          response.destroy()
        }
      },
      cancel: async () => {
        clearTimeout(wait)
        await pieces.return()
      },
    },
    { highWaterMark: 0 },
  )
}

/** The whole answer at once, for one that is small. */
export const wholeAnswer = (pieces: readonly AnsweredPiece[]): Uint8Array<ArrayBuffer> => {
  const parts = pieces.flatMap(({ bytes }, index) => (index === 0 ? [bytes] : [comma, bytes]))
  const all = [opening, ...parts, closing]
  const answer = new Uint8Array(all.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of all) {
    answer.set(part, at)
    at += part.length
  }
  return answer
}
