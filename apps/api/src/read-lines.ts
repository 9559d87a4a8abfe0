import { holdsKey, withoutKeys } from '@dsapi/log'
import { ApiError } from './errors.ts'
import { tooLarge, tooLate } from './read-body.ts'

/** About how many characters a piece has. */
const pieceLength = 2 ** 20

/**
 * Reads a body as it comes, in pieces of whole lines of about a megabyte, so that one of any length takes
 * no more memory than that. Keys are left out of them.
 *
 * @param maxBytes the largest body
 * @throws ApiError `body_too_large`; `invalid_body` for what is not UTF-8, has a line that is longer than a
 *   piece, or ends before all of it had come; `request_timeout` for one that only trickles
 */
export async function* readLines(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): AsyncGenerator<string, void> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let text = ''
  let bytes = 0
  for await (const part of readParts(body)) {
    bytes += part.byteLength
    if (bytes > maxBytes) throw tooLarge(maxBytes)
    text += decode(() => decoder.decode(part, { stream: true }))
    if (text.length < pieceLength) continue
    const end = text.lastIndexOf('\n') + 1
    if (end === 0) throw new ApiError('invalid_body', 'A line of the body is longer than 1 MiB')
    yield withoutKeysIn(text.slice(0, end))
    text = text.slice(end)
  }
  text += decode(() => decoder.decode())
  if (text !== '') yield withoutKeysIn(text)
}

/** Lines are stored as they come. Those without a key stay as they are. */
const withoutKeysIn = (lines: string) =>
  holdsKey(lines)
    ? lines
        .split('\n')
        .map((line) => withoutKeys(line))
        .join('\n')
    : lines

/** A client that sends less than this in the time that is waited for it keeps a connection busy, no more. */
const leastBytes = 1024
const longestWaitMs = 30_000

async function* readParts(body: ReadableStream<Uint8Array> | null) {
  if (body === null) return
  const reader = body.getReader()
  let bytes = 0
  let waitedMs = 0
  for (;;) {
    const asked = performance.now()
    const { done, value } = await reader.read().catch(() => {
      throw new ApiError('invalid_body', 'The body ended before all of it had come')
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

const decode = (read: () => string) => {
  try {
    return read()
  } catch {
    throw new ApiError('invalid_body', 'The body is not UTF-8')
  }
}
