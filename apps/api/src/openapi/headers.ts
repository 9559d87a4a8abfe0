import type { HeaderObject } from './document.ts'

const text = { type: 'string' }

/** Every header that an answer may have for a client to read. */
export const headers = {
  'X-Request-Id': {
    description: 'The id of the request in the log. An id that the client sends is used.',
    schema: text,
  },
  'X-Model-Version': {
    description:
      'The model that computed the answer: its version and the first characters of its SHA-256',
    schema: { ...text, pattern: '^\\d+-[0-9a-f]{8}$' },
  },
  'RateLimit-Policy': {
    description: 'The limits of the key, if it has any (draft-ietf-httpapi-ratelimit-headers)',
    schema: text,
  },
  RateLimit: {
    description: 'The remaining requests within each limit, and the seconds until it is reset',
    schema: text,
  },
  'Retry-After': {
    description: 'The number of seconds to wait before the next attempt',
    schema: { ...text, pattern: '^\\d+$' },
  },
  Location: { description: 'The path of the new resource', schema: text },
  'Preference-Applied': {
    description: 'The longest wait that was applied, such as `wait=10`',
    schema: text,
  },
  'WWW-Authenticate': { description: 'The credentials that are accepted', schema: text },
  'Content-Disposition': { description: 'A file name for the download', schema: text },
  'Cache-Control': { description: '`no-store` or `no-cache`', schema: text },
  'Content-Security-Policy': {
    description: 'The page loads nothing from other hosts',
    schema: text,
  },
} as const satisfies Record<string, HeaderObject>

export type HeaderName = keyof typeof headers
