import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')

/** They stand in the page itself, so that a page is one file. */
export const style: string = ['./style.css', './manual/manual.css', './api/api.css']
  .map(read)
  .join('\n')
export const searchScript = read('./search.js')
export const apiScript = `${searchScript}\n${read('./api/try-it.js')}`

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** A page may use these files, and pictures and data of the server that it came from; nothing else. */
const policyFor = (script: string) =>
  [
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    `script-src ${hashOf(script)}`,
    "connect-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

const policies = new Map([searchScript, apiScript].map((script) => [script, policyFor(script)]))

/** The Content-Security-Policy of a page with this script. */
export const contentSecurityPolicyOf = (script: string): string =>
  policies.get(script) ?? policyFor(script)
