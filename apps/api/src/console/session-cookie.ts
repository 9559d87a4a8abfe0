import type { IncomingMessage } from 'node:http'
import { consoleSessionPattern } from '@dsapi/auth'
import type { Transport } from './transport.ts'

/** The port is in the name, because a cookie is sent to all ports of a host (RFC 6265, section 8.5). */
const plainName = ({ socket }: IncomingMessage) => `dsapi-${socket.localPort}`

/** A browser accepts a cookie of this name from HTTPS only, and for this host alone (RFC 6265bis, section 4.1.3). */
const hostName = (request: IncomingMessage) => `__Host-${plainName(request)}`

const attributes = (isSecure: boolean) =>
  `Path=/; ${isSecure ? 'Secure; ' : ''}HttpOnly; SameSite=Strict`

/** `Set-Cookie` for a new session. The cookie ends with the browser. */
export const sessionCookie = (
  request: IncomingMessage,
  token: string,
  transport: Transport,
): string => {
  const isSecure = transport === 'https'
  const name = isSecure ? hostName(request) : plainName(request)
  return `${name}=${token}; ${attributes(isSecure)}`
}

/** `Set-Cookie` headers after which the browser has no session. */
export const clearedCookies = (request: IncomingMessage): string[] => [
  `${hostName(request)}=; Max-Age=0; ${attributes(true)}`,
  `${plainName(request)}=; Max-Age=0; ${attributes(false)}`,
]

const longestHeader = 16_384

/** The token in the cookie of a request. Nothing else of a request is read as one. */
export const tokenIn = (request: IncomingMessage): string | undefined => {
  const { cookie = '' } = request.headers
  if (cookie === '' || cookie.length > longestHeader) return undefined
  const values = new Map<string, string>()
  for (const pair of cookie.split(';')) {
    const end = pair.indexOf('=')
    const name = pair.slice(0, end).trim()
    if (end > 0 && !values.has(name)) values.set(name, pair.slice(end + 1).trim())
  }
  const token = values.get(hostName(request)) ?? values.get(plainName(request))
  return token !== undefined && consoleSessionPattern.test(token) ? token : undefined
}
