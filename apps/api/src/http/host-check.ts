import { isLoopback } from './loopback.ts'

/** Whether a request with this `Host` may have what is meant for this machine. */
export type IsAllowedHost = (host: string | undefined) => boolean

const hostForm = /^(\[[0-9A-Fa-f:.]+\]|[^:[\]]+?)\.?(?::\d{0,5})?$/
const longestHost = 300

/**
 * Allows the names of loopback and the given names, with any port. A browser that a foreign domain name led here (DNS
 * rebinding) sends that name. A client of HTTP/1.0 may send no name; browsers do not use HTTP/1.0.
 *
 * @param names in lower case, without ports
 */
export const createHostCheck = (names: readonly string[]): IsAllowedHost => {
  const others = new Set(names)
  return (host = 'localhost') => {
    if (host.length > longestHost) return false
    const name = hostForm.exec(host)?.[1].toLowerCase()
    if (name === undefined) return false
    return others.has(name) || isLoopback(name.replace(/^\[(.*)\]$/, '$1'))
  }
}
