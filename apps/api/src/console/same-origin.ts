import type { IncomingMessage } from 'node:http'

/**
 * Whether a page of this server sent a request. Browsers say so in `Sec-Fetch-Site`, which no page can forge, wherever
 * sign-in is allowed by default. Over plain HTTP they send `Origin` with every request but GET; for GET the console adds a
 * header that a page of another origin cannot send without being allowed to (Fetch standard, section 4.8, CORS-preflight).
 */
export const isSameOrigin = ({
  method,
  headers,
}: Pick<IncomingMessage, 'method' | 'headers'>): boolean => {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  const { origin, host } = headers
  if (origin === undefined) {
    return (method === 'GET' || method === 'HEAD') && headers['x-dsapi-console'] === '1'
  }
  return URL.parse(origin)?.host === host
}
