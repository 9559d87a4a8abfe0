import type { IncomingHttpHeaders } from 'node:http'
import { keyPattern } from '../keys/key-format.ts'

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

const basicScheme = 'basic '

/**
 * The password of `Basic` credentials (RFC 7617), where it has the form of our keys: clients that know no other scheme send a
 * key so. Any other password is that of a proxy.
 */
const basicPassword = (authorization: string): string | undefined => {
  if (authorization.slice(0, basicScheme.length).toLowerCase() !== basicScheme) return undefined
  const pair = Buffer.from(authorization.slice(basicScheme.length, longestBasic), 'base64')
  const password = pair.toString('latin1').slice(pair.indexOf(':') + 1)
  return keyPattern.test(password) ? password : undefined
}

/** A user's name of some hundred characters, and a key, in base64. */
const longestBasic = 1000

/**
 * Finds the key in a request's `X-API-Key` and `Authorization` headers. Credentials of another scheme
 * than Bearer, such as a proxy's, are ignored, unless they are `Basic` with a dsapi key as the password, and the request has
 * no other key. A header that was sent twice must come
 * joined by a comma and a space, as node:http joins them, so that no key can be made of it.
 */
export const readPresentedKey = (apiKey: Header, authorization: Header): PresentedKey => {
  const token = authorization && bearerToken(authorization)
  if (!token) {
    const text = apiKey || (authorization && basicPassword(authorization))
    return text ? { kind: 'key', text } : none
  }
  return !apiKey || apiKey === token ? { kind: 'key', text: token } : two
}

/** The key in the headers as node:http has read them; Hono would copy all of them first. */
export const presentedIn = (headers: IncomingHttpHeaders): PresentedKey => {
  const apiKey = headers['x-api-key']
  return readPresentedKey(typeof apiKey === 'string' ? apiKey : undefined, headers.authorization)
}
