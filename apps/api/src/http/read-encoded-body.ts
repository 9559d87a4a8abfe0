import type { IncomingHttpHeaders } from 'node:http'
import { createGunzip, createInflate } from 'node:zlib'
import type { Context } from 'hono'
import type { Env } from './env.ts'
import { ApiError } from './errors.ts'
import { type BodyLimit, growing, type ReadBody, readAsSent } from './read-body.ts'

type Coding = 'identity' | 'gzip' | 'deflate'

const codings: ReadonlyMap<string, Coding> = new Map([
  ['', 'identity'],
  ['identity', 'identity'],
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['deflate', 'deflate'],
])

/** What is wrong with any other coding. */
export const unknownCoding =
  'The body must be sent as it is, or with Content-Encoding gzip or deflate'

/** @throws ApiError `unsupported_media_type` (RFC 9110, section 15.5.16) */
const codingOf = ({ 'content-encoding': header = '' }: IncomingHttpHeaders): Coding => {
  const coding = codings.get(header.trim().toLowerCase())
  if (coding !== undefined) return coding
  throw new ApiError(
    'unsupported_media_type',
    unknownCoding,
    // What was sent is not read, and may be long.
    { headers: { 'accept-encoding': 'gzip, deflate', connection: 'close' } },
  )
}

/** A piece of what is decompressed. */
const chunkSize = 2 ** 18

/**
 * Reads the body of a request, which may be compressed. What it becomes has the same limit as the body itself, and ends the
 * reading as soon as it is larger, so that a few bytes that stand for gigabytes cost no more than any body.
 *
 * @throws ApiError as `readBytes` does; `invalid_body` for what cannot be decompressed
 */
export const readEncodedBytes = async (
  context: Context<Env>,
  limit: BodyLimit,
): Promise<ReadBody> => {
  const coding = codingOf(context.env.incoming.headers)
  const { bytes, held } = await readAsSent(context.env, limit)
  if (coding === 'identity') return { bytes, held }
  const collector = growing(limit, held)
  const stream = coding === 'gzip' ? createGunzip({ chunkSize }) : createInflate({ chunkSize })
  stream.end(bytes)
  try {
    for await (const chunk of stream) collector.add(chunk)
  } catch (error) {
    if (error instanceof ApiError) throw error
    throw new ApiError('invalid_body', `The body is not what its Content-Encoding ${coding} says`)
  }
  return { bytes: collector.finish(), held }
}
