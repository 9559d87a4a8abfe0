import { hash, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

declare const brand: unique symbol

/** A key in the clear: where it is made, shown once, or checked. It is never logged or stored. */
export type ApiKey = string & { readonly [brand]: 'ApiKey' }

/** SHA-256 of a key, in hex: what is stored, cached and looked up. */
export type KeyHash = string & { readonly [brand]: 'KeyHash' }

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const secretLength = 32
const checksumLength = 6

/**
 * The format of a key: `dsapi_`, 32 random base62 characters (190.5 bits), and 6 characters of
 * checksum. A secret scanner can look for this expression; the checksum distinguishes a real key from an
 * accident without asking anyone.
 */
export const keyPattern: RegExp = /^dsapi_[0-9A-Za-z]{38}$/

/** Draws a key from the operating system's random source. */
export const generateKey = (): ApiKey => {
  const body = `dsapi_${randomBase62(secretLength)}`
  return `${body}${checksum(body)}` as ApiKey
}

/** Each byte below 248 = 4 × 62 gives one character, the others none, so all 62 are equally likely. */
const randomBase62 = (length: number): string => {
  let text = ''
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < 248 && text.length < length) text += base62[byte % 62]
    }
  }
  return text
}

/** CRC-32 of the rest of the key, in base62 with leading zeros, as GitHub's tokens have it. */
const checksum = (body: string): string => {
  let rest = crc32(body)
  let text = ''
  for (let digit = 0; digit < checksumLength; digit++) {
    text = base62[rest % 62] + text
    rest = Math.floor(rest / 62)
  }
  return text
}

/** The longest key, also from elsewhere. */
export const longestKey = 256

/**
 * Reads what a client sent as its key. Text with our prefix must have our format and the right checksum. Any other
 * visible ASCII may be a key from elsewhere, which is known by its hash.
 *
 * @returns undefined for text that cannot be a key, so that the database is not asked
 */
export const parseKey = (text: string): ApiKey | undefined => {
  if (text.length > longestKey || !/^[\x21-\x7e]+$/.test(text)) return undefined
  if (!text.startsWith('dsapi_')) return text as ApiKey
  const body = text.slice(0, -checksumLength)
  return keyPattern.test(text) && text === body + checksum(body) ? (text as ApiKey) : undefined
}

/**
 * A fast hash is right here: 190 random bits cannot be guessed, and a slow hash would be a way to overload the server.
 */
export const hashKey = (key: string): KeyHash => hash('sha256', key) as KeyHash
