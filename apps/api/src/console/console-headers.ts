import type { Context } from 'hono'
import type { Env } from '../http/env.ts'

/**
 * The headers of the page and its files. The page may load the files of its own server and nothing else, runs no script that
 * stands in HTML, and makes no HTML of texts (Trusted Types). `img-src data:` is for pictures of models. The headers of every answer (`base-headers.ts`) are there already.
 */
const consoleHeaders = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'camera=(), microphone=(), geolocation=(), payment=(), usb=(), clipboard-read=()',
} as const

export const setConsoleHeaders = (context: Context<Env>): void => {
  for (const [name, value] of Object.entries(consoleHeaders)) context.header(name, value)
}
