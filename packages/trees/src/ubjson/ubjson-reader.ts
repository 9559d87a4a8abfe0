import { type DocumentReader, MAX_DEPTH, type ValueKind } from '../document/document-reader.ts'
import {
  BYTES,
  DOUBLES,
  FLAGS,
  FLOATS,
  INTEGERS,
  type NumberArray,
  type NumberType,
  storeNumber,
} from '../document/number-array.ts'
import { decodeUtf8 } from '../document/utf8.ts'
import { brokenAt } from '../errors.ts'
import { quoteText } from '../quote-text.ts'
import { isEmptyType, MARKER, numberAt, sizeOf } from './markers.ts'

/** What stands before the elements of a container. */
interface Header {
  readonly type: number | undefined
  readonly count: number | undefined
}

/**
 * Universal Binary JSON, draft 12 (https://ubjson.org), in which XGBoost writes `.ubj` (dmlc/xgboost,
 * doc/tutorials/saving_model.rst and src/common/json.cc). Containers may have a type and a count, as arrays of
 * XGBoost have; a count is checked against the bytes that are left before anything is made of it.
 */
export class UbjsonReader implements DocumentReader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #at = 0
  /** The type of the next value where its container declares it for all values, which then have no markers of their own. */
  #sharedType: number | undefined

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get offset(): number {
    return this.#at
  }

  seek(offset: number): void {
    this.#at = offset
    this.#sharedType = undefined
  }

  peek(): ValueKind {
    const marker = this.#sharedType ?? this.#byteAt(this.#passNoops())
    switch (marker) {
      case MARKER.openObject:
        return 'object'
      case MARKER.openArray:
        return 'array'
      case MARKER.text:
      case MARKER.char:
        return 'text'
      default:
        return sizeOf(marker) === undefined ? 'literal' : 'number'
    }
  }

  object(member: (name: string) => void, depth = 0): void {
    this.#expect(MARKER.openObject, 'an object')
    const { type, count } = this.#header()
    for (let i = 0; count === undefined || i < count; i++) {
      if (count === undefined && this.#closes(MARKER.closeObject)) return
      this.#checkDepth(depth)
      const name = this.#textBody()
      this.#sharedType = type
      member(name)
    }
  }

  array(element: (index: number) => void, depth = 0): void {
    this.#expect(MARKER.openArray, 'an array')
    const { type, count } = this.#header()
    for (let i = 0; count === undefined || i < count; i++) {
      if (count === undefined && this.#closes(MARKER.closeArray)) return
      this.#checkDepth(depth)
      this.#sharedType = type
      element(i)
    }
  }

  text(): string {
    const start = this.#at
    const marker = this.#marker()
    if (marker === MARKER.char) return String.fromCharCode(this.#byteAt(this.#at++))
    if (marker !== MARKER.text) throw this.#unexpected(start, marker, 'a text')
    return this.#textBody()
  }

  number(): number {
    const start = this.#at
    const marker = this.#marker()
    const value = this.#numberBody(marker)
    if (value === undefined) throw this.#unexpected(start, marker, 'a number')
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
    const start = this.#at
    const marker = this.#marker()
    if (isEmptyType(marker)) return
    const size = sizeOf(marker)
    if (size !== undefined) {
      this.#passBytes(size)
      return
    }
    switch (marker) {
      case MARKER.char:
        this.#passBytes(1)
        return
      case MARKER.text:
      case MARKER.highPrecision:
        this.#passBytes(this.#length())
        return
      case MARKER.openObject:
        this.#sharedType = marker
        this.object(() => this.skip(depth + 1), depth)
        return
      case MARKER.openArray:
        this.#sharedType = marker
        this.#skipArray(depth)
        return
      default:
        throw this.#unexpected(start, marker, 'a value')
    }
  }

  end(): void {
    if (this.#passNoops() < this.#bytes.length)
      throw brokenAt(this.#at, 'The document has ended, but the file goes on')
  }

  #skipArray(depth: number): void {
    const start = this.#at
    const { type, count } = this.#header()
    const size = type === undefined ? undefined : sizeOf(type)
    if (size !== undefined && count !== undefined) {
      this.#sharedType = undefined
      this.#passBytes(size * count)
      return
    }
    this.seek(start)
    this.#sharedType = MARKER.openArray
    this.array(() => this.skip(depth + 1), depth)
  }

  #numbers<T extends NumberArray>(type: NumberType<T>): T {
    this.#expect(MARKER.openArray, 'an array of numbers')
    const start = this.#at
    const header = this.#header()
    const count = header.count ?? this.#countElements()
    const values = type.make(count)
    for (let i = 0; i < count; i++) {
      this.#sharedType = header.type
      const at = this.#at
      const marker = this.#marker()
      const value = this.#numberBody(marker) ?? this.#flagOf(marker)
      if (value === undefined) throw this.#unexpected(at, marker, type.expected)
      storeNumber(type, values, i, value, at)
    }
    if (header.count === undefined)
      this.#expect(MARKER.closeArray, `the end of the array of byte ${start}`)
    return values
  }

  /** The elements of an array that has no count; reading goes on at the first of them. */
  #countElements(): number {
    const start = this.#at
    let count = 0
    while (!this.#closes(MARKER.closeArray)) {
      this.skip()
      count++
    }
    this.seek(start)
    return count
  }

  #flagOf(marker: number): number | undefined {
    if (marker === MARKER.true) return 1
    return marker === MARKER.false ? 0 : undefined
  }

  #numberBody(marker: number): number | undefined {
    const size = sizeOf(marker)
    if (size === undefined) return undefined
    const at = this.#at
    this.#passBytes(size)
    return numberAt(this.#view, marker, at)
  }

  #textBody(): string {
    const length = this.#length()
    const start = this.#at
    this.#passBytes(length)
    return decodeUtf8(this.#bytes.subarray(start, this.#at), start)
  }

  #header(): Header {
    let type: number | undefined
    if (this.#bytes[this.#at] === MARKER.type) {
      type = this.#byteAt(this.#at + 1)
      this.#at += 2
      if (isEmptyType(type))
        throw brokenAt(this.#at - 1, 'An array of values without bytes is not read')
      if (this.#bytes[this.#at] !== MARKER.count)
        throw brokenAt(this.#at, 'A container with a type has to have a count')
    }
    if (this.#bytes[this.#at] !== MARKER.count) return { type, count: undefined }
    this.#at++
    const start = this.#at
    const count = this.#length()
    const bytesEach = type === undefined ? 1 : (sizeOf(type) ?? 1)
    if (count * bytesEach > this.#bytes.length - this.#at) {
      throw brokenAt(
        start,
        `${count} values are announced, but the file has only ${this.#bytes.length - this.#at} bytes more`,
      )
    }
    return { type, count }
  }

  /** A length or count: a whole number with a marker of its own. */
  #length(): number {
    const start = this.#at
    const marker = this.#byteAt(this.#at++)
    const isFloat = marker === MARKER.float32 || marker === MARKER.float64
    const value = isFloat ? undefined : this.#numberBody(marker)
    if (value === undefined) throw this.#unexpected(start, marker, 'a length')
    if (value < 0) throw brokenAt(start, `A length is ${value}`)
    return value
  }

  #closes(marker: number): boolean {
    if (this.#byteAt(this.#passNoops()) !== marker) return false
    this.#at++
    return true
  }

  #expect(marker: number, expected: string): void {
    const start = this.#at
    const found = this.#marker()
    if (found !== marker) throw this.#unexpected(start, found, expected)
  }

  #marker(): number {
    const shared = this.#sharedType
    if (shared !== undefined) {
      this.#sharedType = undefined
      return shared
    }
    const marker = this.#byteAt(this.#passNoops())
    this.#at++
    return marker
  }

  #passNoops(): number {
    while (this.#bytes[this.#at] === MARKER.noop) this.#at++
    return this.#at
  }

  #byteAt(at: number): number {
    if (at >= this.#bytes.length)
      throw brokenAt(this.#bytes.length, 'The file ends in the middle of the model')
    return this.#bytes[at]
  }

  #passBytes(count: number): void {
    const left = this.#bytes.length - this.#at
    if (count > left)
      throw brokenAt(this.#at, `${count} bytes are announced, but the file has only ${left} more`)
    this.#at += count
  }

  #checkDepth(depth: number): void {
    if (depth > MAX_DEPTH) throw brokenAt(this.#at, `Values are nested more than ${MAX_DEPTH} deep`)
  }

  #unexpected(at: number, marker: number, expected: string) {
    const shown = quoteText(String.fromCharCode(marker))
    return brokenAt(at, `${expected} was expected, not the marker ${shown}`)
  }
}
