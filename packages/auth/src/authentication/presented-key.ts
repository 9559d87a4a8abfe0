import type { IncomingHttpHeaders } from 'node:http'

/** What a request says about its key. */
export type PresentedKey =
  | { readonly kind: 'none' }
  | { readonly kind: 'key'; readonly text: string }
  /** The request names two keys, and there is no rule to choose one. */
  | { readonly kind: 'two' }

type Header = string | undefined

const none: PresentedKey = { kind: 'none' }
const two: PresentedKey = { kind: 'two' }

const scheme = 'bearer '

/**
 * The token of `Bearer TOKEN`; the scheme's name is case-insensitive (RFC 9110, section 11.1; RFC 6750).
 * No regular expression: one that skips spaces takes quadratic time for a header that is full of them.
 */
const bearerToken = (authorization: string): string | undefined =>
  authorization.slice(0, scheme.length).toLowerCase() === scheme
    ? authorization.slice(scheme.length).trimStart()
    : undefined

/**
 * Finds the key in a request's `X-API-Key` and `Authorization` headers. Credentials of another scheme
 * than Bearer, such as a proxy's, are ignored. A header that was sent twice must come
 * joined by a comma and a space, as node:http joins them, so that no key can be made of it.
 */
export const readPresentedKey = (apiKey: Header, authorization: Header): PresentedKey => {
  const token = authorization && bearerToken(authorization)
  if (!token) return apiKey ? { kind: 'key', text: apiKey } : none
  return !apiKey || apiKey === token ? { kind: 'key', text: token } : two
}

/** The key in the headers as node:http has read them; Hono would copy all of them first. */
export const presentedIn = (headers: IncomingHttpHeaders): PresentedKey => {
  const apiKey = headers['x-api-key']
  return readPresentedKey(typeof apiKey === 'string' ? apiKey : undefined, headers.authorization)
}
