const form = /^(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/

let lastValid = ''

/**
 * Whether a `Host` header names one host, with or without a port (RFC 9112, section 3.2). Node joins two headers with a
 * comma and a space, which no host has. An empty header stands for this server.
 */
export const isHost = (host: string): boolean => {
  if (host === lastValid || host === '') return true
  if (!form.test(host) || !isInUrls(host)) return false
  lastValid = host
  return true
}

/**
 * Also refuses ports above 65535, and numbers and brackets that are no address. An address in another spelling, such as
 * 127.1 or [0::1], is another host for a program that compares names; Hono refuses it as well, and so must the fast path.
 */
const isInUrls = (host: string) => {
  const url = URL.parse(`http://${host}/`)
  if (url === null) return false
  const name = host.startsWith('[') ? host.slice(0, host.indexOf(']') + 1) : host.split(':')[0]
  return url.hostname === name.toLowerCase()
}
