import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { generateKey, hashKey, keyPattern, parseKey } from './key-format.ts'

describe('generateKey', () => {
  test('has the documented form', () => {
    expect(generateKey()).toMatch(keyPattern)
  })

  test('never gives the same key twice', () => {
    const keys = new Set(Array.from({ length: 1000 }, generateKey))
    expect(keys.size).toBe(1000)
  })

  test('uses each of the 62 characters', () => {
    const secrets = Array.from({ length: 500 }, () => generateKey().slice(6, 38)).join('')
    expect(new Set(secrets).size).toBe(62)
  })
})

describe('parseKey', () => {
  test('accepts every key that was generated', () => {
    for (let i = 0; i < 100; i++) {
      const key = generateKey()
      expect(parseKey(key)).toBe(key)
    }
  })

  test('refuses a generated key in which any one character was changed', () => {
    const characters = fc.constantFrom(...'0123456789ABCXYZabcxyz')
    fc.assert(
      fc.property(fc.integer({ min: 6, max: 43 }), characters, (at, character) => {
        const key = generateKey()
        fc.pre(key[at] !== character)
        expect(parseKey(key.slice(0, at) + character + key.slice(at + 1))).toBeUndefined()
      }),
    )
  })

  test('accepts an opaque key from elsewhere', () => {
    expect(parseKey('PE1tlZti1TXJ9nTIri30OnPcquDUpjVrayieAAzY')).toBeDefined()
  })

  test.each([
    ['nothing', ''],
    ['our prefix alone', 'dsapi_'],
    ['our prefix and too little', 'dsapi_abc'],
    ['a space within', 'two words'],
    ['a line break', 'key\n'],
    ['a control character', 'key\u0000'],
    ['letters that only look like ours', 'dsаpi_key'],
    ['more than 256 characters', 'a'.repeat(257)],
  ])('refuses %s', (_, text) => {
    expect(parseKey(text)).toBeUndefined()
  })

  test('answers any text without throwing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const key = parseKey(text)
        expect(key === undefined || key === text).toBe(true)
      }),
    )
  })
})

test('hashKey is SHA-256 in hex', () => {
  const key = parseKey('abc')
  expect(key && hashKey(key)).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  )
})
