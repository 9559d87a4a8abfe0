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
import { brokenAt } from '../errors.ts'
import { isEmptyType, MARKER, sizeOf } from './markers.ts'
import { UbjsonCursor } from './ubjson-cursor.ts'

/**
 * Universal Binary JSON, draft 12 (https://ubjson.org), in which XGBoost writes `.ubj` (dmlc/xgboost,
 * doc/tutorials/saving_model.rst and src/common/json.cc). Containers may have a type and a count, as arrays of
 * XGBoost have; a count is checked against the bytes that are left before anything is made of it.
 */
export class UbjsonReader implements DocumentReader {
  readonly #cursor: UbjsonCursor

  constructor(bytes: Uint8Array) {
    this.#cursor = new UbjsonCursor(bytes)
  }

  get offset(): number {
    return this.#cursor.at
  }

  seek(offset: number): void {
    this.#cursor.at = offset
    this.#cursor.sharedType = undefined
  }

  peek(): ValueKind {
    const marker = this.#cursor.peekMarker()
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
    for (const name of this.members(depth)) member(name)
  }

  *members(depth = 0): Generator<string, void> {
    const cursor = this.#cursor
    cursor.expect(MARKER.openObject, 'an object')
    const { type, count } = cursor.passHeader()
    for (let i = 0; count === undefined || i < count; i++) {
      if (count === undefined && cursor.passEnd(MARKER.closeObject)) return
      this.#checkDepth(depth)
      const name = cursor.passText()
      cursor.sharedType = type
      yield name
    }
  }

  array(element: (index: number) => void, depth = 0): void {
    for (const index of this.elements(depth)) element(index)
  }

  *elements(depth = 0): Generator<number, void> {
    const cursor = this.#cursor
    cursor.expect(MARKER.openArray, 'an array')
    const { type, count } = cursor.passHeader()
    for (let i = 0; count === undefined || i < count; i++) {
      if (count === undefined && cursor.passEnd(MARKER.closeArray)) return
      this.#checkDepth(depth)
      cursor.sharedType = type
      yield i
    }
  }

  text(): string {
    const cursor = this.#cursor
    const start = cursor.at
    const marker = cursor.passMarker()
    if (marker === MARKER.char) return String.fromCharCode(cursor.byteAt(cursor.at++))
    if (marker !== MARKER.text) throw cursor.unexpected(start, marker, 'a text')
    return cursor.passText()
  }

  number(): number {
    const start = this.#cursor.at
    const marker = this.#cursor.passMarker()
    const value = this.#cursor.passNumber(marker)
    if (value === undefined) throw this.#cursor.unexpected(start, marker, 'a number')
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
    const start = cursor.at
    const marker = cursor.passMarker()
    if (isEmptyType(marker)) return
    switch (marker) {
      case MARKER.char:
        cursor.passBytes(1)
        return
      case MARKER.text:
      case MARKER.highPrecision:
        cursor.passBytes(cursor.passLength())
        return
      case MARKER.openObject:
        cursor.sharedType = marker
        this.object(() => this.skip(depth + 1), depth)
        return
      case MARKER.openArray:
        this.#skipArray(depth)
        return
      default: {
        const size = sizeOf(marker)
        if (size === undefined) throw cursor.unexpected(start, marker, 'a value')
        cursor.passBytes(size)
      }
    }
  }

  end(): void {
    const cursor = this.#cursor
    if (cursor.passNoops() < cursor.bytes.length)
      throw brokenAt(cursor.at, 'The document has ended, but the file goes on')
  }

  /** Skips an array whose marker has been passed; one of numbers in a single step. */
  #skipArray(depth: number): void {
    const cursor = this.#cursor
    const start = cursor.at
    const { type, count } = cursor.passHeader()
    const size = type === undefined ? undefined : sizeOf(type)
    if (size !== undefined && count !== undefined) {
      cursor.passBytes(size * count)
      return
    }
    this.seek(start)
    cursor.sharedType = MARKER.openArray
    this.array(() => this.skip(depth + 1), depth)
  }

  #numbers<T extends NumberArray>(type: NumberType<T>): T {
    const cursor = this.#cursor
    cursor.expect(MARKER.openArray, 'an array of numbers')
    const header = cursor.passHeader()
    const values = type.make(header.count ?? this.#countElements())
    for (let i = 0; i < values.length; i++) {
      cursor.sharedType = header.type
      const start = cursor.at
      const marker = cursor.passMarker()
      const value = cursor.passNumber(marker) ?? flagOf(marker)
      if (value === undefined) throw cursor.unexpected(start, marker, type.expected)
      storeNumber(type, values, i, value, start)
    }
    if (header.count === undefined) cursor.expect(MARKER.closeArray, 'the end of the array')
    return values
  }

  /** The elements of an array that has no count; reading goes on at the first of them. */
  #countElements(): number {
    const start = this.#cursor.at
    let count = 0
    while (!this.#cursor.passEnd(MARKER.closeArray)) {
      this.skip()
      count++
    }
    this.seek(start)
    return count
  }

  #checkDepth(depth: number): void {
    if (depth > MAX_DEPTH)
      throw brokenAt(this.#cursor.at, `Values are nested more than ${MAX_DEPTH} deep`)
  }
}

const flagOf = (marker: number): number | undefined => {
  if (marker === MARKER.true) return 1
  return marker === MARKER.false ? 0 : undefined
}
