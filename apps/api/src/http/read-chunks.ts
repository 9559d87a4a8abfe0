import { ApiError } from './errors.ts'
import { tooLate } from './read-body.ts'

/** A client that sends less than this in the time that is waited for it keeps a connection busy, no more. */
const leastBytes = 1024
const longestWaitMs = 30_000

/**
 * Reads a body as it comes, at the pace of its reader.
 *
 * @throws ApiError `invalid_body` when it ends before all of it had come; `request_timeout` for one that only trickles
 */
export async function* readChunks(
  body: ReadableStream<Uint8Array> | null,
): AsyncGenerator<Uint8Array, void> {
  if (body === null) return
  const reader = body.getReader()
  let bytes = 0
  let waitedMs = 0
  for (;;) {
    const asked = performance.now()
    const { done, value } = await reader.read().catch(() => {
      throw new ApiError('invalid_body', 'The body ended before it was complete')
    })
    if (done) return
    // Only what the client takes: what is read may wait for the disk meanwhile.
    waitedMs += performance.now() - asked
    bytes += value.byteLength
    if (bytes >= leastBytes) {
      bytes = 0
      waitedMs = 0
    } else if (waitedMs > longestWaitMs) throw tooLate()
    yield value
  }
}
