import type { HeaderObject } from './document.ts'

const text = { type: 'string' }

/** Every header that an answer may have for a client to read. */
export const headers = {
  'X-Request-Id': {
    description: 'The id of the request, as it is in the log; one that a client sends is kept',
    schema: text,
  },
  'X-Model-Version': {
    description: 'Which model has answered: its version and the first characters of its SHA-256',
    schema: { ...text, pattern: '^\\d+-[0-9a-f]{8}$' },
  },
  'RateLimit-Policy': {
    description: 'The limits of the key, where it has any (draft-ietf-httpapi-ratelimit-headers)',
    schema: text,
  },
  RateLimit: {
    description: 'What is left of them, and for how many seconds',
    schema: text,
  },
  'Retry-After': {
    description: 'After how many seconds to try again',
    schema: { ...text, pattern: '^\\d+$' },
  },
  Location: { description: 'Where to find what was made', schema: text },
  'Preference-Applied': { description: 'How long was waited at most: `wait=10`', schema: text },
  'WWW-Authenticate': { description: 'Which credentials would be accepted', schema: text },
  'Content-Disposition': { description: 'A name for the file', schema: text },
  'Cache-Control': { description: '`no-store` or `no-cache`', schema: text },
  'Content-Security-Policy': { description: 'That the page loads nothing', schema: text },
} as const satisfies Record<string, HeaderObject>

export type HeaderName = keyof typeof headers
