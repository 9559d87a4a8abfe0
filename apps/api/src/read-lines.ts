import { ApiError } from './errors.ts'
import { tooLarge } from './read-body.ts'

/** About how many characters a piece has. */
const pieceLength = 2 ** 20

/**
 * Reads a body as it comes, in pieces of whole lines of about a megabyte, so that one of any length takes
 * no more memory than that.
 *
 * @param maxBytes the largest body
 * @throws ApiError `body_too_large`; `invalid_body` for what is not UTF-8, has a line that is longer than a
 *   piece, or ends before all of it had come
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
    yield text.slice(0, end)
    text = text.slice(end)
  }
  text += decode(() => decoder.decode())
  if (text !== '') yield text
}

async function* readParts(body: ReadableStream<Uint8Array> | null) {
  try {
    if (body !== null) yield* body
  } catch {
    throw new ApiError('invalid_body', 'The body ended before all of it had come')
  }
}

const decode = (read: () => string) => {
  try {
    return read()
  } catch {
    throw new ApiError('invalid_body', 'The body is not UTF-8')
  }
}
