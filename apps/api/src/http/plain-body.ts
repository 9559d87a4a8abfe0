import type { IncomingHttpHeaders } from 'node:http'
import { ApiError } from './errors.ts'

const isIdentity = (coding: string) => ['', 'identity'].includes(coding.trim().toLowerCase())

/**
 * Rejects a body with a Content-Encoding: nothing here decompresses it, so it would be read as other text.
 *
 * @throws ApiError `unsupported_media_type` (RFC 9110, section 15.5.16)
 */
export const requirePlainBody = ({
  'content-encoding': codings = '',
}: IncomingHttpHeaders): void => {
  if (codings.split(',').every(isIdentity)) return
  throw new ApiError(
    'unsupported_media_type',
    'The body must not be compressed. Send it without Content-Encoding',
    // What was sent is not read, and may be long.
    { headers: { 'accept-encoding': 'identity', connection: 'close' } },
  )
}

const decoder = new TextDecoder('utf-8', { fatal: true })

/** Reads the bytes of a body as text. @throws ApiError `invalid_body` for bytes that are not UTF-8 */
export const decodeBody = (bytes: Uint8Array): string => {
  try {
    return decoder.decode(bytes)
  } catch {
    throw notUtf8()
  }
}

/** What is said of bytes that are no text. */
export const notUtf8 = (): ApiError => new ApiError('invalid_body', 'The body is not UTF-8')
