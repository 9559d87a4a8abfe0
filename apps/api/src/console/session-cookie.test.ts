import type { IncomingMessage } from 'node:http'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isSameOrigin } from './same-origin.ts'
import { tokenIn } from './session-cookie.ts'
import { transportOf } from './transport.ts'

const token = 'a'.repeat(43)
const other = 'b'.repeat(43)
const withCookie = (cookie: string) =>
  ({ headers: { cookie }, socket: { localPort: 8000 } }) as unknown as IncomingMessage

test.each([
  [`dsapi-8000=${token}`, token],
  [`theme=dark; dsapi-8000=${token}; x=y`, token],
  [`dsapi-8000=${other}; __Host-dsapi-8000=${token}`, token],
  [`dsapi-9000=${token}`, undefined],
  [`dsapi-8000=${token}a`, undefined],
  [`dsapi-8000="${token}"`, undefined],
  [`xdsapi-8000=${token}`, undefined],
  ['dsapi-8000', undefined],
  ['', undefined],
])('the cookie %j has the token %j', (cookie, expected) => {
  expect(tokenIn(withCookie(cookie))).toBe(expected)
})

test('no header of a browser makes reading it fail', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.webUrl(),
    fc.constant(`dsapi-8000=${token}`),
  )
  fc.assert(
    fc.property(text, text, text, (cookie, origin, host) => {
      expect([token, undefined]).toContain(tokenIn(withCookie(cookie)))
      expect(['https', 'loopback', 'plain', undefined]).toContain(transportOf(origin))
      const isOwn = isSameOrigin({ method: 'POST', headers: { origin, host } })
      expect(isOwn).toBe(URL.parse(origin)?.host === host)
    }),
  )
})

test.each([
  ['https://api.example.com', 'https'],
  ['http://127.0.0.1:8000', 'loopback'],
  ['http://[::1]:8000', 'loopback'],
  ['http://localhost', 'loopback'],
  ['http://api.example.com', 'plain'],
  ['http://127.0.0.1.example.com', 'plain'],
  ['null', undefined],
  ['file://', undefined],
  [undefined, undefined],
])('a browser that names the origin %s came over %s', (origin, transport) => {
  expect(transportOf(origin)).toBe(transport)
})
