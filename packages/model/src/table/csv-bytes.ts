import { ModelError } from '../errors.ts'
import { decodeText, encodeText } from './utf8.ts'

/** A record of a CSV text as places in its bytes, which the next record overwrites. */
export interface ByteRecord {
  /** The line on which it starts, counted from 1. */
  readonly line: number
  readonly nFields: number
  readonly bytes: Uint8Array
  /** Where each field starts and ends, without white space around it; there may be more places than fields. */
  readonly starts: Int32Array
  readonly ends: Int32Array
}

const QUOTE = 0x22
const LINE_FEED = 0x0a
const RETURN = 0x0d
const SPACE = 0x20
const TAB = 0x09
const FIRST_BEYOND_ASCII = 0x80
/** No character has more bytes. */
const MAX_BYTES = 4
/** The byte order mark. */
const MARK = [0xef, 0xbb, 0xbf]

/** Whether a byte is white space of ASCII. */
const isSpace = (byte: number) => byte === SPACE || (byte >= TAB && byte <= RETURN)

/**
 * Takes a CSV text as bytes in UTF-8, piece by piece, and hands on where the fields of each record are: the records that
 * `CsvParser` reads, without making texts of them. Its rules are described there.
 */
export class CsvBytes {
  readonly #onRecord: (record: ByteRecord) => void
  readonly #delimiter: number
  /** What has not been read yet; behind `#length` is space for fields whose doubled quotes are undone. */
  #bytes = new Uint8Array(1024)
  #length = 0
  #spare = 0
  /** A record that is not whole is looked at again when there is twice as much of it. */
  #awaited = 0
  #line = 1
  #isAfterReturn = false
  #isAtStart = true
  #nFields = 0
  #starts = new Int32Array(64)
  #ends = new Int32Array(64)

  /** @param delimiter one character of ASCII */
  constructor(onRecord: (record: ByteRecord) => void, delimiter: string) {
    this.#onRecord = onRecord
    this.#delimiter = delimiter.charCodeAt(0)
  }

  /**
   * Takes the next piece, which may end within a character.
   *
   * @throws {ModelError} `invalid_csv` when something follows a closing quote
   */
  write(piece: Uint8Array): void {
    this.#append(piece)
    const isMark = this.#isAtStart && this.#length < MARK.length
    if (!isMark && this.#length >= this.#awaited) this.#read(false)
  }

  /** @throws {ModelError} `invalid_csv` when the text ends inside a quoted field */
  end(): void {
    this.#read(true)
  }

  #append(piece: Uint8Array): void {
    const length = this.#length + piece.length
    // Twice as long: the fields whose quotes are undone take no more than there is.
    if (2 * length > this.#bytes.length) {
      const larger = new Uint8Array(4 * length)
      larger.set(this.#bytes.subarray(0, this.#length))
      this.#bytes = larger
    }
    this.#bytes.set(piece, this.#length)
    this.#length = length
  }

  #read(isLast: boolean): void {
    let at = this.#isAtStart ? this.#afterMark() : 0
    if (this.#length > 0) this.#isAtStart = false
    while (at < this.#length) {
      if (this.#isAfterReturn && this.#bytes[at] === LINE_FEED) at++
      this.#isAfterReturn = false
      const next = this.#readRecord(at, isLast)
      if (next === undefined) break
      at = next
    }
    this.#bytes.copyWithin(0, at, this.#length)
    this.#length -= at
    this.#awaited = 2 * this.#length
  }

  /** Behind the byte order mark, if there is one. */
  #afterMark(): number {
    const isThere = this.#length >= MARK.length && MARK.every((byte, i) => this.#bytes[i] === byte)
    return isThere ? MARK.length : 0
  }

  /** Reads the record at a place. Returns where the next one is; undefined where this one may go on. */
  #readRecord(from: number, isLast: boolean): number | undefined {
    const bytes = this.#bytes
    const length = this.#length
    const delimiter = this.#delimiter
    const line = this.#line
    this.#nFields = 0
    this.#spare = length
    let at = from
    for (;;) {
      while (at < length && (bytes[at] === SPACE || bytes[at] === TAB) && bytes[at] !== delimiter) {
        at++
      }
      if (at < length && bytes[at] === QUOTE) {
        const after = this.#readQuoted(at, isLast)
        if (after === undefined) {
          this.#line = line
          return undefined
        }
        at = after
      } else {
        const start = at
        let byte = at < length ? bytes[at] : LINE_FEED
        while (byte !== delimiter && byte !== LINE_FEED && byte !== RETURN) {
          at++
          byte = at < length ? bytes[at] : LINE_FEED
        }
        if (at === length && !isLast) {
          this.#line = line
          return undefined
        }
        const isBlankLine = this.#nFields === 0 && at === start && byte !== delimiter
        if (isBlankLine) return this.#endLine(at)
        this.#addField(start, at)
      }
      if (at < length && bytes[at] === delimiter) {
        at++
        continue
      }
      this.#onRecord({
        ...{ line, nFields: this.#nFields, bytes },
        ...{ starts: this.#starts, ends: this.#ends },
      })
      return this.#endLine(at)
    }
  }

  #endLine(at: number): number {
    if (at < this.#length) {
      this.#line++
      this.#isAfterReturn = this.#bytes[at] === RETURN
    }
    return Math.min(at + 1, this.#length)
  }

  /** Reads a field in quotes and the blanks after it. Returns where it ends; undefined where it may go on. */
  #readQuoted(from: number, isLast: boolean): number | undefined {
    const bytes = this.#bytes
    const length = this.#length
    const quoteLine = this.#line
    const start = from + 1
    let at = start
    /** Where the copy of the field ends, if there is one. */
    let to = -1
    for (; at < length; at++) {
      const byte = bytes[at]
      if (byte === QUOTE) {
        if (at + 1 === length && !isLast) return undefined
        if (at + 1 === length || bytes[at + 1] !== QUOTE) break
        // Two quotes stand for one. The field is copied, since it may be read again when there is more of the record.
        if (to === -1) {
          bytes.copyWithin(this.#spare, start, at)
          to = this.#spare + at - start
        }
        at++
      } else if (byte === RETURN || (byte === LINE_FEED && bytes[at - 1] !== RETURN)) this.#line++
      if (to !== -1) bytes[to++] = byte
    }
    if (at === length) {
      if (!isLast) return undefined
      throw new ModelError(
        'invalid_csv',
        `the quote on line ${quoteLine} is never closed; expected another quote`,
        { line: quoteLine },
      )
    }
    if (to === -1) this.#addField(start, at)
    else {
      this.#addField(this.#spare, to)
      this.#spare = to
    }
    return this.#afterQuote(at + 1, isLast)
  }

  #afterQuote(from: number, isLast: boolean): number | undefined {
    const bytes = this.#bytes
    for (let at = from; at < this.#length; at++) {
      const byte = bytes[at]
      if (byte === this.#delimiter || byte === LINE_FEED || byte === RETURN) return at
      if (byte === SPACE || byte === TAB) continue
      const isCut = byte >= FIRST_BEYOND_ASCII && at + MAX_BYTES > this.#length
      if (isCut && !isLast) return undefined
      const [found] = decodeText(bytes, at, Math.min(at + MAX_BYTES, this.#length))
      throw new ModelError(
        'invalid_csv',
        `line ${this.#line} has ${JSON.stringify(found)} after a closing quote; expected the end of the field, or the quote doubled`,
        { line: this.#line },
      )
    }
    return isLast ? this.#length : undefined
  }

  #addField(from: number, to: number): void {
    const bytes = this.#bytes
    let start = from
    let end = to
    while (start < end && isSpace(bytes[start])) start++
    while (start < end && isSpace(bytes[end - 1])) end--
    if (
      start < end &&
      (bytes[start] >= FIRST_BEYOND_ASCII || bytes[end - 1] >= FIRST_BEYOND_ASCII)
    ) {
      const text = decodeText(bytes, start, end)
      start += encodeText(text.slice(0, text.length - text.trimStart().length)).length
      end = start + encodeText(text.trim()).length
    }
    if (this.#nFields === this.#starts.length) {
      this.#starts = enlarge(this.#starts)
      this.#ends = enlarge(this.#ends)
    }
    this.#starts[this.#nFields] = start
    this.#ends[this.#nFields] = end
    this.#nFields++
  }
}

function enlarge(values: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * values.length)
  larger.set(values)
  return larger
}
