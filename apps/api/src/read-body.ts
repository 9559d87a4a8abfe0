import type { IncomingMessage } from 'node:http'
import type { Context } from 'hono'
import type { Env } from './env.ts'
import { ApiError } from './errors.ts'
import { decodeBody, requirePlainBody } from './plain-body.ts'

/** A client that takes longer over a small body keeps a connection busy, no more. */
const longestMs = 30_000

/** Reads a request's body as text; throws as `readBytes` does. */
export const readBody = async (context: Context<Env>, maxBytes: number): Promise<string> =>
  decodeBody(await readBytes(context, maxBytes))

/**
 * Reads a request's body, straight from node:http: Hono would make a `Request` and a web stream
 * for it first, which costs more than all the rest of a small request.
 *
 * @throws ApiError `unsupported_media_type`; `body_too_large`, as soon as that is known; `invalid_body` when it was cut off;
 *   `request_timeout`
 */
export const readBytes = async (
  context: Context<Env>,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> => {
  const { incoming } = context.env
  requirePlainBody(incoming.headers)
  if (Number(incoming.headers['content-length']) > maxBytes) throw tooLarge(maxBytes)
  return collect(incoming, maxBytes)
}

const collect = (incoming: IncomingMessage, maxBytes: number) =>
  new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
    const late = setTimeout(() => reject(tooLate()), longestMs)
    const chunks: Buffer[] = []
    let bytes = 0
    incoming.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > maxBytes) {
        incoming.pause()
        reject(tooLarge(maxBytes))
      } else chunks.push(chunk)
    })
    incoming.on('end', () => {
      incoming.off('close', cutOff)
      clearTimeout(late)
      resolve(joined(chunks, bytes))
    })
    const cutOff = () => {
      clearTimeout(late)
      reject(new ApiError('invalid_body', 'The body ended before all of it had come'))
    }
    incoming.on('error', cutOff)
    incoming.on('close', cutOff)
  })

/** In memory of their own, which can go over to a thread: node's small buffers share theirs. */
const joined = (chunks: readonly Buffer[], length: number) => {
  const all = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  return all
}

/** What a body that comes too slowly is answered with. */
export const tooLate = (): ApiError =>
  new ApiError('request_timeout', 'The body took too long to arrive', {
    headers: { connection: 'close' },
  })

/** What a body that is larger than `maxBytes` is answered with. */
export const tooLarge = (maxBytes: number): ApiError =>
  new ApiError('body_too_large', `The body is larger than ${maxBytes} bytes`, {
    headers: { connection: 'close' }, // What was not read is still on its way.
  })
