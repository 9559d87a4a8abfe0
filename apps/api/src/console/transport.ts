import { isLoopback } from '../http/loopback.ts'

/** How a browser reaches the server: only over the first two does it keep a key and a cookie to itself. */
export type Transport = 'https' | 'loopback' | 'plain'

/** Reads the transport from `Origin`, in which a browser says the truth, whatever proxies are between. */
export const transportOf = (origin: string | undefined): Transport | undefined => {
  const url = origin === undefined ? null : URL.parse(origin)
  if (url?.protocol === 'https:') return 'https'
  if (url?.protocol !== 'http:') return undefined
  return isLoopback(url.hostname.replace(/^\[(.*)\]$/, '$1')) ? 'loopback' : 'plain'
}
