import type { Parse } from './parse.ts'

// URLs are checked completely here, because libraries ignore parts of a wrong one, or fail at it an hour later.

const isDecodable = (text: string) => {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}

type Rules = {
  readonly schemes: readonly string[]
  readonly path: RegExp
  /** Whether the parameters are allowed. Without this function, none are. */
  readonly parameters?: (parameters: URLSearchParams) => boolean
  readonly mayLackHost?: (url: URL) => boolean
}

/** A URL with one of the schemes and a host, unchanged. The two slashes are required, because without them the rest,
 * with its password, would be a path. Blanks, line breaks and `#` are refused, because `URL` would remove them. */
const urlBy =
  (rules: Rules): Parse<string> =>
  (text) => {
    if (!/^\w+:\/\/[^\s\\#\p{Cc}]*$/u.test(text) || !URL.canParse(text)) return undefined
    const url = new URL(text)
    const isAllowed =
      rules.schemes.includes(url.protocol) &&
      (url.hostname !== '' || rules.mayLackHost?.(url) === true) &&
      url.port !== '0' &&
      isDecodable(url.hostname) &&
      isDecodable(url.username) &&
      isDecodable(url.password) &&
      isDecodable(url.search) &&
      rules.path.test(url.pathname) &&
      (url.search === '' || rules.parameters?.(url.searchParams) === true)
    return isAllowed ? text : undefined
  }

/** An address of Redis, with the number of a database behind it or none. */
export const redisUrl: Parse<string> = urlBy({
  schemes: ['redis:', 'rediss:'],
  path: /^\/?$|^\/\d{1,9}$/,
})

/** Parameters of libpq that `pg` knows, or that change nothing for it (PostgreSQL, 34.1.2). */
const postgresParameters: Readonly<Record<string, RegExp>> = {
  application_name: /^/,
  channel_binding: /^(disable|prefer|require)$/,
  client_encoding: /^(utf-?8|auto)$/i,
  connect_timeout: /^\d{1,6}$/,
  fallback_application_name: /^/,
  gssencmode: /^(disable|prefer|require)$/,
  host: /./,
  options: /^/,
  password: /^/,
  port: /^\d{1,5}$/,
  sslcert: /./,
  sslkey: /./,
  sslmode: /^(disable|allow|prefer|require|verify-ca|verify-full)$/,
  sslnegotiation: /^(postgres|direct)$/,
  sslrootcert: /./,
  sslsni: /^[01]$/,
  target_session_attrs: /^\w[\w-]*$/,
  user: /./,
}

/** An address of PostgreSQL; `undefined` for any other text. */
export const postgresUrl: Parse<string> = urlBy({
  schemes: ['postgres:', 'postgresql:'],
  // Another slash, or an @, would be a part of a password that was not percent-encoded.
  path: /^(?:\/(?:[^/@%]|%[0-9A-Fa-f]{2})*)?$/,
  parameters: (parameters) =>
    [...parameters].every(
      ([name, value]) =>
        Object.hasOwn(postgresParameters, name) && postgresParameters[name].test(value),
    ),
  mayLackHost: ({ searchParams }) => searchParams.has('host'),
})

/** The address of a collector of traces, to which a path is added. */
export const httpUrl: Parse<string> = urlBy({
  schemes: ['http:', 'https:'],
  path: /^(?:[^@%]|%[0-9A-Fa-f]{2})*$/,
})

/** A file of SQLite: `sqlite:PATH`. */
export const sqliteUrl: Parse<string> = (text) =>
  /^sqlite:[^\0\r\n]+$/.test(text) ? text : undefined

const from = (text: string, at: number) => `${text.slice(0, at)}…`

/**
 * A URL as it is repeated in a message about it: without its user and password, wherever they stand. Where it
 * has no `@`, the password may be what looks like a port or a host.
 */
export const withoutPassword = (text: string): string => {
  const shown = withoutCredentials(text)
  const fragment = shown.includes('://') ? shown.indexOf('#', shown.lastIndexOf('@')) : -1
  return fragment < 0 ? shown : from(shown, fragment + 1)
}

const withoutCredentials = (text: string): string => {
  const named = text.replace(
    /((?:password|passwd|pass|pwd|secret|token|key|auth|authorization)=)[^&#]*/gi,
    '$1…',
  )
  const start = /^[\w+.-]*:\/{0,3}/.exec(named)?.[0].length ?? 0
  const end = named.lastIndexOf('@')
  if (end >= start) return `${named.slice(0, start)}…${named.slice(end)}`
  if (start === 0 || named.startsWith('sqlite:')) return named
  const colon = named.indexOf(':', start)
  if (colon < 0) return named
  const isPort = colon > start && /^:\d{1,5}(?:[/?]|$)/.test(named.slice(colon))
  return isPort ? named : from(named, colon + 1)
}
