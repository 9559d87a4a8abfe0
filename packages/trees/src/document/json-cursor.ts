import { brokenAt, type TreesError } from '../errors.ts'
import { quoteText } from '../quote-text.ts'
import { decimalAt } from './decimal.ts'

const QUOTE = 34
const BACKSLASH = 92
const COMMA = 44
const CLOSE_ARRAY = 93
const CLOSE_OBJECT = 125

const isSpace = (byte: number) => byte === 32 || byte === 10 || byte === 13 || byte === 9
const endsToken = (byte: number) =>
  byte === COMMA || byte === CLOSE_ARRAY || byte === CLOSE_OBJECT || isSpace(byte)

/** Most of a word that is looked at: longer than any that JSON knows. */
const MAX_WORD = 40

/** A place in the bytes of a JSON document, and the tokens that can stand there. */
export class JsonCursor {
  readonly bytes: Uint8Array
  /** Where `bytes` begin in the file, for errors. */
  readonly base: number
  at = 0

  constructor(bytes: Uint8Array, base: number) {
    this.bytes = bytes
    this.base = base
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.at = 3
  }

  skipSpace(): void {
    const { bytes } = this
    while (this.at < bytes.length && isSpace(bytes[this.at])) this.at++
  }

  /** The byte of the next token, which is not passed. */
  next(expected: string): number {
    this.skipSpace()
    if (this.at >= this.bytes.length) throw this.cut(expected)
    return this.bytes[this.at]
  }

  take(byte: number, expected: string): void {
    if (this.next(expected) !== byte) throw this.unexpected(this.at, expected)
    this.at++
  }

  /** Passes the comma or the end behind an element; whether it was the end. */
  passSeparator(close: number): boolean {
    const expected = close === CLOSE_ARRAY ? ', or ]' : ', or }'
    const byte = this.next(expected)
    if (byte !== COMMA && byte !== close) throw this.unexpected(this.at, expected)
    this.at++
    return byte === close
  }

  /** Goes behind the closing quote of a text that begins at `start`; whether there was an escape. */
  passText(start: number): boolean {
    const { bytes } = this
    let escaped = false
    for (let i = start; i < bytes.length; i++) {
      if (bytes[i] === BACKSLASH) {
        escaped = true
        i++
      } else if (bytes[i] === QUOTE) {
        this.at = i + 1
        return escaped
      }
    }
    throw this.cut('the end of a text')
  }

  /** A number, or true and false as 1 and 0; undefined, with the token passed, if it is none. */
  passNumber(): number | undefined {
    this.next('a value')
    const { bytes, at: start } = this
    let end = start
    while (end < bytes.length && !endsToken(bytes[end])) end++
    this.at = end
    // A decimal ends with a digit or a dot, a word with a letter.
    if (bytes[end - 1] <= 57) return decimalAt(bytes, start, end)
    switch (this.word(start, end)) {
      case 'NaN':
        return Number.NaN
      case 'Infinity':
      case '+Infinity':
        return Number.POSITIVE_INFINITY
      case '-Infinity':
        return Number.NEGATIVE_INFINITY
      case 'true':
        return 1
      case 'false':
        return 0
      default:
        return undefined
    }
  }

  word(start: number, end: number): string {
    let text = ''
    for (let i = start; i < end && i < start + MAX_WORD; i++)
      text += String.fromCharCode(this.bytes[i])
    return text
  }

  cut(expected: string): TreesError {
    return this.broken(this.bytes.length, `Expected ${expected}, found the end of the file`)
  }

  unexpected(at: number, expected: string): TreesError {
    let end = at + 1
    while (end < this.bytes.length && end < at + 20 && !endsToken(this.bytes[end])) end++
    return this.broken(at, `Expected ${expected}, found ${quoteText(this.word(at, end))}`)
  }

  broken(at: number, problem: string): TreesError {
    return brokenAt(this.base + at, problem)
  }
}
