import type { IncomingMessage } from 'node:http'
import { isHost } from './host-header.ts'

/** What is wrong with a request before anybody asks what it is for. */
type ProtocolProblem = { readonly status: 400 | 501; readonly message: string }

const problem = (status: 400 | 501, message: string): ProtocolProblem => ({ status, message })

const oldVersion = problem(400, 'The request line must end with HTTP/1.1 or HTTP/1.0')
const noHost = problem(400, 'HTTP/1.1 requires a Host header')
const wrongHost = problem(400, 'The Host header must name one host, with an optional port')
const wrongTarget = problem(
  400,
  'The request target must be a path or a URL that begins with http://',
)
const unknownCoding = problem(501, 'Transfer-Encoding must be chunked')
const endless = problem(400, 'Transfer-Encoding must end with chunked and contain it once')

/** Scheme and authority of a target in absolute form (RFC 9112, section 3.2.2). */
const absoluteForm = /^https?:\/\/([^/?#\\]*)/

/**
 * Checks what HTTP itself requires of a request: its version, its host, the form of its target and the transfer coding
 * of its body (RFC 9112, sections 2.3, 3.2 and 6.1). The fast path and Hono receive only requests without a problem.
 */
export const protocolProblem = ({
  headers,
  httpVersionMajor,
  httpVersionMinor,
  url = '',
}: IncomingMessage): ProtocolProblem | undefined => {
  if (httpVersionMajor !== 1) return oldVersion
  const { host } = headers
  if (host === undefined ? httpVersionMinor === 1 : !isHost(host)) {
    return host === undefined ? noHost : wrongHost
  }
  if (url[0] !== '/' && !isAbsolute(url)) return wrongTarget
  return codingProblem(headers['transfer-encoding'])
}

/** Where chunked is not the last coding, nobody knows where the body ends (RFC 9112, section 6.3). */
const codingProblem = (header: string | undefined) => {
  if (header === undefined || header === 'chunked') return undefined
  const codings = header.split(',').map((coding) => coding.trim().toLowerCase())
  if (codings.indexOf('chunked') !== codings.length - 1) return endless
  return codings.length === 1 ? undefined : unknownCoding
}

const isAbsolute = (url: string) => {
  const authority = absoluteForm.exec(url)?.[1]
  return authority !== undefined && authority !== '' && isHost(authority)
}
