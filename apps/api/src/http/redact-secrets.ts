import type { IncomingHttpHeaders } from 'node:http'
import { presentedIn } from '@dsapi/auth'
import { holdsKey, withoutKeys } from '@dsapi/telemetry'

const presentedText = (headers: IncomingHttpHeaders) => {
  const presented = presentedIn(headers)
  return presented.kind === 'key' ? presented.text : undefined
}

/** A text of a request without any key in it: none of our form, nor the one that the request was sent with. */
const withoutSecrets = (text: string, headers: IncomingHttpHeaders): string =>
  withoutToken(withoutKeys(text, presentedText(headers)), headers)

/** The value of each cookie may be a token of the web console. */
const withoutToken = (text: string, { cookie = '' }: IncomingHttpHeaders): string => {
  if (cookie === '' || cookie.length > longestCookie) return text
  return [...cookie.matchAll(tokens)].reduce(
    (clean, [, token]) => clean.replaceAll(token, '…'),
    text,
  )
}

const tokens = /=([A-Za-z0-9_-]{43})(?![A-Za-z0-9_-])/g
const longestCookie = 16_384

/** Whether there is such a key in a text of a request, so that it must not be kept. */
export const holdsSecret = (text: string, headers: IncomingHttpHeaders): boolean =>
  holdsKey(text, presentedText(headers))

/** More of a path is written nowhere. */
const longestPath = 1200

/** The path of a request as it may be written down. */
export const writtenPath = (path: string, headers: IncomingHttpHeaders): string =>
  withoutSecrets(path.slice(0, longestPath), headers)
