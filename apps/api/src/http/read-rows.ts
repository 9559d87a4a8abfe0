import { BatchFormatError, type RowCutter } from '@dsapi/inference'
import { holdsKey, withoutKeys } from '@dsapi/telemetry'
import { ApiError } from './errors.ts'
import { tooLarge } from './read-body.ts'
import { readChunks } from './read-chunks.ts'

/** About how many characters a chunk has. */
const chunkLength = 2 ** 20

/**
 * Reads a body as it arrives, in chunks of whole rows of about a megabyte. So a body of any length takes no more memory
 * than a chunk. The chunks do not include the header, and API keys are removed from them.
 *
 * @param cutter finds where the rows end
 * @param options.maxBytes the largest body
 * @param options.onText gets all of the text, the header included, as it comes
 * @throws ApiError `body_too_large`; `invalid_body` for what is not UTF-8, cannot be divided into rows, has a row
 *   that is longer than a chunk, or ends before all of it had come; `request_timeout` for one that only trickles
 */
export async function* readRows(
  body: ReadableStream<Uint8Array> | null,
  cutter: RowCutter,
  options: { readonly maxBytes: number; readonly onText?: (text: string) => void },
): AsyncGenerator<string, void> {
  let text = ''
  /** Where `text` begins in all that has come. */
  let start = 0
  for await (const part of readText(body, options.maxBytes)) {
    options.onText?.(part)
    toApiError(() => cutter.write(part))
    text += part
    if (text.length < chunkLength) continue
    const end = cutter.lastEnd()
    if (end === start) throw new ApiError('invalid_body', 'A row of the body is longer than 1 MiB')
    yield withoutKeysIn(text.slice(Math.max(cutter.firstRow() - start, 0), end - start))
    text = text.slice(end - start)
    start = end
  }
  toApiError(() => cutter.end())
  yield withoutKeysIn(text.slice(Math.max(cutter.firstRow() - start, 0)))
}

/** Rows are stored as they come. Lines without a key stay as they are. */
const withoutKeysIn = (rows: string) =>
  holdsKey(rows)
    ? rows
        .split('\n')
        .map((line) => withoutKeys(line))
        .join('\n')
    : rows

/** Reads a body as text, as it comes. */
export async function* readText(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): AsyncGenerator<string, void> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let bytes = 0
  for await (const part of readChunks(body)) {
    bytes += part.byteLength
    if (bytes > maxBytes) throw tooLarge(maxBytes)
    const text = decode(() => decoder.decode(part, { stream: true }))
    if (text !== '') yield text
  }
  const text = decode(() => decoder.decode())
  if (text !== '') yield text
}

const decode = (read: () => string) => {
  try {
    return read()
  } catch {
    throw new ApiError('invalid_body', 'The body is not UTF-8')
  }
}

const toApiError = (read: () => void) => {
  try {
    read()
  } catch (error) {
    throw error instanceof BatchFormatError ? new ApiError('invalid_body', error.message) : error
  }
}
