import { decodeUtf8 } from '../document/utf8.ts'
import { brokenAt, type TreesError } from '../errors.ts'
import { quoteText } from '../quote-text.ts'
import { isEmptyType, MARKER, numberAt, sizeOf } from './markers.ts'

/** What stands before the elements of a container. */
export interface Header {
  readonly type: number | undefined
  readonly count: number | undefined
}

/** A place in the bytes of a UBJSON document. */
export class UbjsonCursor {
  readonly bytes: Uint8Array
  readonly #view: DataView
  at = 0
  /** The type of the next value where its container declares it for all values, which then have no markers of their own. */
  sharedType: number | undefined

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  /** The marker of the next value, which is not passed. */
  peekMarker(): number {
    return this.sharedType ?? this.byteAt(this.passNoops())
  }

  passMarker(): number {
    const { sharedType } = this
    if (sharedType !== undefined) {
      this.sharedType = undefined
      return sharedType
    }
    const marker = this.byteAt(this.passNoops())
    this.at++
    return marker
  }

  expect(marker: number, expected: string): void {
    const start = this.at
    const found = this.passMarker()
    if (found !== marker) throw this.unexpected(start, found, expected)
  }

  /** Passes the end of a container, if it stands here. */
  passEnd(marker: number): boolean {
    if (this.byteAt(this.passNoops()) !== marker) return false
    this.at++
    return true
  }

  passHeader(): Header {
    const type = this.bytes[this.at] === MARKER.type ? this.#passType() : undefined
    if (this.bytes[this.at] !== MARKER.count) return { type, count: undefined }
    this.at++
    const start = this.at
    const count = this.passLength()
    const bytesEach = type === undefined ? 1 : (sizeOf(type) ?? 1)
    const left = this.bytes.length - this.at
    if (count * bytesEach > left)
      throw brokenAt(
        start,
        `${count} values are declared, but the file has only ${left} bytes more`,
      )
    return { type, count }
  }

  #passType(): number {
    const type = this.byteAt(this.at + 1)
    this.at += 2
    if (isEmptyType(type))
      throw brokenAt(this.at - 1, 'An array of values without bytes is not read')
    if (this.bytes[this.at] !== MARKER.count)
      throw brokenAt(this.at, 'A container with a type has to have a count')
    return type
  }

  /** A length or count: a whole number with a marker of its own. */
  passLength(): number {
    const start = this.at
    const marker = this.byteAt(this.at++)
    const isFloat = marker === MARKER.float32 || marker === MARKER.float64
    const value = isFloat ? undefined : this.passNumber(marker)
    if (value === undefined) throw this.unexpected(start, marker, 'a length')
    if (value < 0) throw brokenAt(start, `A length is ${value}`)
    return value
  }

  /** The bytes of a number, whose marker has been passed; undefined if it is none. */
  passNumber(marker: number): number | undefined {
    const size = sizeOf(marker)
    if (size === undefined) return undefined
    const { at } = this
    this.passBytes(size)
    return numberAt(this.#view, marker, at)
  }

  /** The length and the characters of a text, whose marker has been passed. */
  passText(): string {
    const length = this.passLength()
    const start = this.at
    this.passBytes(length)
    return decodeUtf8(this.bytes.subarray(start, this.at), start)
  }

  passBytes(count: number): void {
    const left = this.bytes.length - this.at
    if (count > left)
      throw brokenAt(this.at, `${count} bytes are declared, but the file has only ${left} more`)
    this.at += count
  }

  passNoops(): number {
    while (this.bytes[this.at] === MARKER.noop) this.at++
    return this.at
  }

  byteAt(at: number): number {
    if (at < this.bytes.length) return this.bytes[at]
    throw brokenAt(this.bytes.length, 'The file ends in the middle of the model')
  }

  unexpected(at: number, marker: number, expected: string): TreesError {
    const shown = quoteText(String.fromCharCode(marker))
    return brokenAt(at, `Expected ${expected}, found the marker ${shown}`)
  }
}
