import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { Busboy } from '@fastify/busboy'
import { ApiError } from './errors.ts'
import { readChunks } from './read-chunks.ts'

/** A form with a file: its fields come first, and then the file, which is read as it comes. */
export type Multipart = {
  readonly fields: ReadonlyMap<string, string>
  readonly file: AsyncIterable<Uint8Array>
}

type MultipartOptions = {
  readonly contentType: string
  /** The name of the part that is the file. */
  readonly fileName: string
  readonly maxFieldBytes: number
}

const mostFields = 10

/**
 * Reads a body of the type multipart/form-data (RFC 7578) up to its file. The file is read at the pace of the client that reads
 * it, so that one of any size takes no memory. Nothing may come after it.
 *
 * @throws ApiError `invalid_body` when there is no file, a field is too long, or the body is no form. So does reading the file
 *   when more parts follow, or the body is cut
 */
export const readMultipart = async (
  body: ReadableStream<Uint8Array> | null,
  options: MultipartOptions,
): Promise<Multipart> => {
  const { fileName } = options
  const parser = createParser(options)
  const stopped = new AbortController()
  const fields = new Map<string, string>()
  const file = Promise.withResolvers<AsyncIterable<Uint8Array>>()
  const end = Promise.withResolvers<void>()
  end.promise.catch(() => {}) // The reader of the file waits for it, if there is one.
  let stream: Readable | undefined
  const fail = (error: ApiError) => {
    file.reject(error)
    end.reject(error)
    stream?.destroy(error)
    stopped.abort()
  }
  parser.on('field', (name, value, _, isTruncated) => {
    if (stream !== undefined) fail(invalid(`The part ${fileName} must be the last one`))
    else if (isTruncated) fail(invalid(`A part is longer than ${options.maxFieldBytes} bytes`))
    else fields.set(name, value)
  })
  parser.on('file', (_, begun) => {
    if (stream !== undefined) {
      begun.on('error', () => {}).resume()
      fail(invalid(`The body has two parts ${fileName}`))
      return
    }
    stream = begun.on('error', () => fail(malformed()))
    file.resolve(upToTheEnd(stream, end.promise, stopped))
  })
  parser.on('fieldsLimit', () => fail(invalid(`The body has more than ${mostFields} parts`)))
  parser.on('error', () => fail(malformed()))
  parser.on('finish', () => {
    file.reject(invalid(`The body has no part ${fileName}`))
    end.resolve()
  })
  pump(body, parser, stopped.signal).catch((error: unknown) => {
    fail(error instanceof ApiError ? error : malformed())
  })
  return { file: await file.promise, fields }
}

const createParser = ({ contentType, fileName, maxFieldBytes }: MultipartOptions) => {
  try {
    return new Busboy({
      headers: { 'content-type': contentType },
      isPartAFile: (name) => name === fileName,
      limits: { fields: mostFields, fieldSize: maxFieldBytes, headerPairs: 20, headerSize: 8192 },
    })
  } catch {
    throw malformed()
  }
}

/** Passes the body on to the parser, which is busy while the file is not read. */
const pump = async (
  body: ReadableStream<Uint8Array> | null,
  parser: ReturnType<typeof createParser>,
  signal: AbortSignal,
) => {
  for await (const chunk of readChunks(body)) {
    if (signal.aborted) return
    if (!parser.write(chunk)) await once(parser, 'drain', { signal })
  }
  parser.end()
}

/** The bytes of a file; at their end, all of the body has been read. */
async function* upToTheEnd(
  file: AsyncIterable<Uint8Array>,
  end: Promise<void>,
  stopped: AbortController,
): AsyncGenerator<Uint8Array, void> {
  try {
    yield* file
    await end
  } catch (error) {
    throw error instanceof ApiError ? error : malformed()
  } finally {
    stopped.abort()
  }
}

const invalid = (message: string) => new ApiError('invalid_body', message)
const malformed = () => invalid('The body is no complete form of the type multipart/form-data')
