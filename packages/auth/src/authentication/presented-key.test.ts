import fc from 'fast-check'
import { expect, test } from 'vitest'
import { generateKey, parseKey } from '../keys/key-format.ts'
import { readPresentedKey } from './presented-key.ts'

const none = { kind: 'none' }
const two = { kind: 'two' }
const key = (text: string) => ({ kind: 'key', text })

test.each([
  ['nothing', undefined, undefined, none],
  ['empty headers', '', '', none],
  ['X-API-Key alone', 'k', undefined, key('k')],
  ['Bearer alone', undefined, 'Bearer k', key('k')],
  ['Bearer in other letters', undefined, 'bEARER k', key('k')],
  ['Bearer and more spaces', undefined, 'Bearer   k', key('k')],
  ['Bearer without a token', undefined, 'Bearer', none],
  ['Bearer glued to its token', undefined, 'Bearerk', none],
  ['both, the same', 'k', 'Bearer k', key('k')],
  ['both, different', 'k', 'Bearer l', two],
  ["a proxy's own credentials beside the key", 'k', 'Basic dTpw', key('k')],
  ['credentials of another scheme alone', undefined, 'Basic dTpw', none],
  ['Basic that is no base64', undefined, 'Basic %%%', none],
])('%s', (_, apiKey, authorization, expected) => {
  expect(readPresentedKey(apiKey, authorization)).toEqual(expected)
})

test('a dsapi key may come as the password of Basic, beside no other key', () => {
  const ours = generateKey()
  const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`
  expect(readPresentedKey(undefined, basic(`triton:${ours}`))).toEqual(key(ours))
  expect(readPresentedKey(undefined, basic(`:${ours}`).replace('Basic', 'bAsIc'))).toEqual(
    key(ours),
  )
  expect(readPresentedKey('k', basic(`triton:${ours}`))).toEqual(key('k'))
  expect(readPresentedKey(undefined, basic(`${ours}:`))).toEqual(none)
})

test('no key can be made of a header that was sent twice', () => {
  const header = fc.string({ unit: 'grapheme-ascii', minLength: 1 })
  fc.assert(
    fc.property(header, header, (first, second) => {
      const presented = readPresentedKey(`${first}, ${second}`, undefined)
      expect(presented.kind === 'key' && parseKey(presented.text)).toBeFalsy()
      const bearer = readPresentedKey(undefined, `Bearer ${first}, Bearer ${second}`)
      expect(bearer.kind === 'key' && parseKey(bearer.text)).toBeFalsy()
    }),
  )
})

test('any pair of headers is read without throwing', () => {
  const header = fc.option(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string().map((text) => `Bearer ${text}`),
    ),
    { nil: undefined },
  )
  fc.assert(
    fc.property(header, header, (apiKey, authorization) => {
      expect(['none', 'key', 'two']).toContain(readPresentedKey(apiKey, authorization).kind)
    }),
  )
})

test('a header full of spaces is read in linear time', () => {
  const presented = readPresentedKey(undefined, `Bearer${' '.repeat(10_000_000)}\n`)
  expect(presented).toEqual({ kind: 'none' })
})
