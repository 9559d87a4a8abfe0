import { type DocumentReader, MAX_DEPTH, type ValueKind } from './document-reader.ts'
import { JsonCursor } from './json-cursor.ts'
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
const COMMA = 44
const COLON = 58
const OPEN_ARRAY = 91
const CLOSE_ARRAY = 93
const OPEN_OBJECT = 123
const CLOSE_OBJECT = 125

/**
 * JSON (RFC 8259), and beside it the bare `NaN`, `Infinity` and `-Infinity` that XGBoost writes, for the threshold
 * of each categorical split among others (dmlc/xgboost, src/common/json.cc).
 */
export class JsonReader implements DocumentReader {
  readonly #cursor: JsonCursor

  /** @param base where `bytes` begin in the file, for errors */
  constructor(bytes: Uint8Array, base = 0) {
    this.#cursor = new JsonCursor(bytes, base)
  }

  get offset(): number {
    return this.#cursor.base + this.#start()
  }

  seek(offset: number): void {
    this.#cursor.at = offset - this.#cursor.base
  }

  peek(): ValueKind {
    switch (this.#cursor.next('a value')) {
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
    for (const name of this.members()) member(name)
  }

  *members(): Generator<string, void> {
    const cursor = this.#cursor
    cursor.take(OPEN_OBJECT, 'an object')
    if (cursor.next('a name or }') === CLOSE_OBJECT) {
      cursor.at++
      return
    }
    do {
      const name = this.text()
      cursor.take(COLON, 'a colon')
      yield name
    } while (!cursor.passSeparator(CLOSE_OBJECT))
  }

  array(element: (index: number) => void): void {
    for (const index of this.elements()) element(index)
  }

  *elements(): Generator<number, void> {
    const cursor = this.#cursor
    cursor.take(OPEN_ARRAY, 'an array')
    if (cursor.next('a value or ]') === CLOSE_ARRAY) {
      cursor.at++
      return
    }
    let index = 0
    do yield index++
    while (!cursor.passSeparator(CLOSE_ARRAY))
  }

  text(): string {
    const cursor = this.#cursor
    cursor.take(QUOTE, 'a text')
    const start = cursor.at
    const escaped = cursor.passText(start)
    const inside = decodeUtf8(cursor.bytes.subarray(start, cursor.at - 1), cursor.base + start)
    if (!escaped) return inside
    try {
      return JSON.parse(`"${inside}"`)
    } catch {
      throw cursor.broken(start, 'A text has an escape that JSON does not know')
    }
  }

  number(): number {
    const start = this.#start()
    const value = this.#cursor.passNumber()
    if (value === undefined) throw this.#cursor.unexpected(start, 'a number')
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
    const cursor = this.#cursor
    const start = this.#start()
    if (depth > MAX_DEPTH)
      throw cursor.broken(start, `Values are nested more than ${MAX_DEPTH} deep`)
    switch (cursor.next('a value')) {
      case OPEN_OBJECT:
        this.object(() => this.skip(depth + 1))
        return
      case OPEN_ARRAY:
        this.array(() => this.skip(depth + 1))
        return
      case QUOTE:
        cursor.passText(start + 1)
        return
      default:
        if (cursor.passNumber() === undefined && cursor.word(start, cursor.at) !== 'null')
          throw cursor.unexpected(start, 'a value')
    }
  }

  end(): void {
    const cursor = this.#cursor
    const at = this.#start()
    if (at < cursor.bytes.length)
      throw cursor.broken(at, 'The document has ended, but the file goes on')
  }

  /** All elements are counted first, so that the array is made once and no larger than the file says. */
  #numbers<T extends NumberArray>(type: NumberType<T>): T {
    const cursor = this.#cursor
    cursor.take(OPEN_ARRAY, 'an array of numbers')
    const values = type.make(this.#countNumbers())
    for (let i = 0; i < values.length; i++) {
      const start = this.#start()
      const value = cursor.passNumber()
      if (value === undefined) throw cursor.unexpected(start, type.expected)
      storeNumber(type, values, i, value, cursor.base + start)
      if (i < values.length - 1) cursor.take(COMMA, 'a comma')
    }
    cursor.take(CLOSE_ARRAY, 'the end of the array')
    return values
  }

  #countNumbers(): number {
    const cursor = this.#cursor
    const { bytes } = cursor
    if (cursor.next('a number or ]') === CLOSE_ARRAY) return 0
    let count = 1
    for (let i = cursor.at; i < bytes.length; i++) {
      const byte = bytes[i]
      if (byte === COMMA) count++
      else if (byte === CLOSE_ARRAY) return count
      else if (byte === QUOTE || byte === OPEN_ARRAY || byte === OPEN_OBJECT)
        throw cursor.unexpected(i, 'a number')
    }
    throw cursor.cut('the end of an array')
  }

  /** Where the next value begins. */
  #start(): number {
    this.#cursor.skipSpace()
    return this.#cursor.at
  }
}
