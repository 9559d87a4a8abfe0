import { brokenAt } from '../errors.ts'
import { quoteText } from '../quote-text.ts'
import { decimalAt } from './decimal.ts'
import { type DocumentReader, MAX_DEPTH, type ValueKind } from './document-reader.ts'
import {
  BYTES,
  DOUBLES,
  FLAGS,
  FLOATS,
  INTEGERS,
  type NumberArray,
  type NumberType,
  storeNumber,
} from './number-array.ts'
import { decodeUtf8 } from './utf8.ts'

const QUOTE = 34
const BACKSLASH = 92
const COMMA = 44
const COLON = 58
const OPEN_ARRAY = 91
const CLOSE_ARRAY = 93
const OPEN_OBJECT = 123
const CLOSE_OBJECT = 125

const isSpace = (byte: number) => byte === 32 || byte === 10 || byte === 13 || byte === 9
const endsToken = (byte: number) =>
  byte === COMMA || byte === CLOSE_ARRAY || byte === CLOSE_OBJECT || isSpace(byte)

/**
 * JSON (RFC 8259), and beside it the bare `NaN`, `Infinity` and `-Infinity` that XGBoost writes, for the threshold
 * of each categorical split among others (dmlc/xgboost, src/common/json.cc).
 */
export class JsonReader implements DocumentReader {
  readonly #bytes: Uint8Array
  /** Where `bytes` begin in the file, for errors. */
  readonly #base: number
  #at = 0

  constructor(bytes: Uint8Array, base = 0) {
    this.#bytes = bytes
    this.#base = base
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.#at = 3
  }

  get offset(): number {
    this.#skipSpace()
    return this.#base + this.#at
  }

  seek(offset: number): void {
    this.#at = offset - this.#base
  }

  peek(): ValueKind {
    switch (this.#next('a value')) {
      case OPEN_OBJECT:
        return 'object'
      case OPEN_ARRAY:
        return 'array'
      case QUOTE:
        return 'text'
      case 110: // null
      case 116: // true
      case 102: // false
        return 'literal'
      default:
        return 'number'
    }
  }

  object(member: (name: string) => void): void {
    this.#take(OPEN_OBJECT, 'an object')
    if (this.#next('a name or }') === CLOSE_OBJECT) {
      this.#at++
      return
    }
    for (;;) {
      const name = this.text()
      this.#take(COLON, 'a colon')
      member(name)
      if (this.#endsAfter(CLOSE_OBJECT)) return
    }
  }

  array(element: (index: number) => void): void {
    this.#take(OPEN_ARRAY, 'an array')
    if (this.#next('a value or ]') === CLOSE_ARRAY) {
      this.#at++
      return
    }
    for (let index = 0; ; index++) {
      element(index)
      if (this.#endsAfter(CLOSE_ARRAY)) return
    }
  }

  text(): string {
    this.#take(QUOTE, 'a text')
    const start = this.#at
    const escaped = this.#passText(start)
    const inside = decodeUtf8(this.#bytes.subarray(start, this.#at - 1), this.#base + start)
    if (!escaped) return inside
    try {
      return JSON.parse(`"${inside}"`)
    } catch {
      throw this.#broken(start, 'A text has an escape that JSON does not know')
    }
  }

  number(): number {
    const start = this.offset - this.#base
    const value = this.#numberHere()
    if (value === undefined) throw this.#unexpected(start, 'a number')
    return value
  }

  floats(): Float32Array {
    return this.#numbers(FLOATS)
  }

  doubles(): Float64Array {
    return this.#numbers(DOUBLES)
  }

  integers(): Int32Array {
    return this.#numbers(INTEGERS)
  }

  bytes(): Uint8Array {
    return this.#numbers(BYTES)
  }

  flags(): Uint8Array {
    return this.#numbers(FLAGS)
  }

  skip(depth = 0): void {
    const start = this.offset - this.#base
    if (depth > MAX_DEPTH)
      throw this.#broken(start, `Values are nested more than ${MAX_DEPTH} deep`)
    switch (this.#next('a value')) {
      case OPEN_OBJECT:
        this.object(() => this.skip(depth + 1))
        return
      case OPEN_ARRAY:
        this.array(() => this.skip(depth + 1))
        return
      case QUOTE:
        this.#at++
        this.#passText(start + 1)
        return
      default: {
        if (this.#numberHere() !== undefined) return
        if (this.#word(start, this.#at) !== 'null') throw this.#unexpected(start, 'a value')
      }
    }
  }

  end(): void {
    this.#skipSpace()
    if (this.#at < this.#bytes.length)
      throw this.#broken(this.#at, 'The document has ended, but the file goes on')
  }

  /** All elements are counted first, so that the array is made once and no larger than the file says. */
  #numbers<T extends NumberArray>(type: NumberType<T>): T {
    this.#take(OPEN_ARRAY, 'an array of numbers')
    const values = type.make(this.#countNumbers())
    for (let i = 0; i < values.length; i++) {
      const start = this.offset - this.#base
      const value = this.#numberHere()
      if (value === undefined) throw this.#unexpected(start, type.expected)
      storeNumber(type, values, i, value, this.#base + start)
      if (i < values.length - 1) this.#take(COMMA, 'a comma')
    }
    this.#take(CLOSE_ARRAY, 'the end of the array')
    return values
  }

  #countNumbers(): number {
    const bytes = this.#bytes
    let count = 1
    if (this.#next('a number or ]') === CLOSE_ARRAY) return 0
    for (let i = this.#at; i < bytes.length; i++) {
      const byte = bytes[i]
      if (byte === COMMA) count++
      else if (byte === CLOSE_ARRAY) return count
      else if (byte === QUOTE || byte === OPEN_ARRAY || byte === OPEN_OBJECT)
        throw this.#unexpected(i, 'a number')
    }
    throw this.#cut('an array')
  }

  /** A number, true or false as 1 or 0; undefined, with the token passed, if it is none. */
  #numberHere(): number | undefined {
    this.#skipSpace()
    const bytes = this.#bytes
    const start = this.#at
    let end = start
    while (end < bytes.length && !endsToken(bytes[end])) end++
    if (start >= bytes.length) throw this.#cut('a value')
    this.#at = end
    const last = bytes[end - 1]
    // A decimal ends with a digit, or a dot; a word with a letter.
    if (last <= 57) return decimalAt(bytes, start, end)
    switch (this.#word(start, end)) {
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

  #word(start: number, end: number): string {
    let text = ''
    for (let i = start; i < end && i < start + 40; i++) text += String.fromCharCode(this.#bytes[i])
    return text
  }

  /** Goes behind the closing quote; whether there was an escape. */
  #passText(start: number): boolean {
    const bytes = this.#bytes
    let escaped = false
    for (let i = start; i < bytes.length; i++) {
      if (bytes[i] === BACKSLASH) {
        escaped = true
        i++
      } else if (bytes[i] === QUOTE) {
        this.#at = i + 1
        return escaped
      }
    }
    throw this.#cut('a text')
  }

  #endsAfter(close: number): boolean {
    const byte = this.#next(close === CLOSE_ARRAY ? ', or ]' : ', or }')
    if (byte !== COMMA && byte !== close)
      throw this.#unexpected(this.#at, close === CLOSE_ARRAY ? ', or ]' : ', or }')
    this.#at++
    return byte === close
  }

  #take(byte: number, expected: string): void {
    if (this.#next(expected) !== byte) throw this.#unexpected(this.#at, expected)
    this.#at++
  }

  #next(expected: string): number {
    this.#skipSpace()
    if (this.#at >= this.#bytes.length) throw this.#cut(expected)
    return this.#bytes[this.#at]
  }

  #skipSpace(): void {
    const bytes = this.#bytes
    while (this.#at < bytes.length && isSpace(bytes[this.#at])) this.#at++
  }

  #cut(expected: string) {
    return this.#broken(this.#bytes.length, `The file ends where ${expected} was expected`)
  }

  #unexpected(at: number, expected: string) {
    let end = at + 1
    while (end < this.#bytes.length && end < at + 20 && !endsToken(this.#bytes[end])) end++
    return this.#broken(at, `${expected} was expected, not ${quoteText(this.#word(at, end))}`)
  }

  #broken(at: number, problem: string) {
    return brokenAt(this.#base + at, problem)
  }
}
