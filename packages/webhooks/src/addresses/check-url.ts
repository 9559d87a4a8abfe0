import { isIP } from 'node:net'
import type { AllowedHosts } from './allowed-hosts.ts'
import { hostOf } from './host-of.ts'
import { isInside } from './inside-addresses.ts'

export const longestUrl = 2000

/** Names that only this machine or its network knows. They would be found out at delivery, but late. */
const insideName = /(?:^|\.)(?:localhost|local|internal|home\.arpa)$/

/**
 * Checks the URL of a webhook as far as that is possible without asking a name server.
 *
 * @returns what is wrong with it, as the end of a sentence; undefined if nothing is
 */
export const problemOfUrl = (text: string, allowed: AllowedHosts): string | undefined => {
  if (text.length > longestUrl) return `must not be longer than ${longestUrl} characters`
  if (!/^[\x21-\x7e]+$/.test(text)) return 'must be a URL in visible ASCII characters'
  const url = URL.parse(text)
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    return 'must be a URL such as https://example.com/hooks'
  }
  if (url.username !== '' || url.password !== '') return 'must not contain a user or a password'
  if (url.hash !== '') return 'must not have a fragment (#)'
  return problemOfHost(url, allowed)
}

const problemOfHost = (url: URL, allowed: AllowedHosts) => {
  const host = hostOf(url)
  if (allowed.hasHost(host)) return undefined
  if (isIP(host) === 0 ? insideName.test(host) || !host.includes('.') : isInside(host)) {
    return `must not be inside the network of the server: ${host}. The operator can allow the host with DSAPI_WEBHOOK_HOSTS`
  }
  if (url.protocol === 'http:') {
    return 'must begin with https://. The operator can allow http:// for a host with DSAPI_WEBHOOK_HOSTS'
  }
  return undefined
}
