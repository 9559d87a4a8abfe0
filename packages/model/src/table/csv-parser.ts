import { ModelError } from '../errors.ts'
import { show } from '../validation/show.ts'

/** A record of a CSV text. */
export interface CsvRecord {
  /** The line on which it starts, counted from 1. */
  readonly line: number
  readonly fields: readonly string[]
}

/** How a CSV text is written. */
export interface CsvOptions {
  /** The character between fields; default: a comma. */
  readonly delimiter?: string | undefined
}

const QUOTE = 0x22
const LINE_FEED = 0x0a
const RETURN = 0x0d
const SPACE = 0x20
const TAB = 0x09
const BYTE_ORDER_MARK = 0xfeff

const isBlank = (code: number) => code === SPACE || code === TAB

/**
 * Takes a CSV text in pieces and hands on each record as soon as it is whole.
 *
 * Follows RFC 4180, and more: lines may end in CRLF, LF or CR; a byte order mark and lines of nothing
 * but blanks are passed over; blanks before and after a field in quotes do not count; a quote inside a
 * field that does not begin with one is an ordinary character.
 */
export class CsvParser {
  readonly #onRecord: (record: CsvRecord, end: number) => void
  readonly #delimiter: number
  /** Where in a field the next character stands; `start`: also after blanks; `closed`: after a quote inside
   * a quoted one; `ended`: after blanks behind that. */
  #state: 'start' | 'plain' | 'quoted' | 'closed' | 'ended' = 'start'
  /** What earlier pieces held of the field. */
  #field = ''
  #fields: string[] = []
  #line = 1
  #recordLine = 1
  #quoteLine = 1
  #previous = -1

  /** How many characters earlier pieces had. */
  #offset = 0

  /**
   * @param onRecord gets each record, and where it ends: how many characters the text has up to its line end, that one
   *   included
   * @throws {ModelError} `invalid_option` when the delimiter is no single ordinary character.
   */
  constructor(
    onRecord: (record: CsvRecord, end: number) => void,
    { delimiter = ',' }: CsvOptions = {},
  ) {
    checkDelimiter(delimiter)
    this.#onRecord = onRecord
    this.#delimiter = delimiter.charCodeAt(0)
  }

  /**
   * Takes the next piece.
   *
   * @throws {ModelError} `invalid_csv` when something follows a closing quote, or the piece is no text.
   */
  write(piece: string): void {
    if (typeof piece !== 'string') {
      throw new ModelError('invalid_csv', `the CSV is ${show(piece)}; expected text`)
    }
    if (piece === '') return
    let start = 0
    if (this.#previous === -1 && piece.charCodeAt(0) === BYTE_ORDER_MARK) {
      this.#previous = BYTE_ORDER_MARK
      start = 1
    }
    for (let i = start; i < piece.length; i++) {
      const code = piece.charCodeAt(i)
      if (this.#state === 'quoted') {
        if (code === QUOTE) {
          this.#field += piece.slice(start, i)
          this.#state = 'closed'
          start = i + 1
        } else {
          this.#countLine(code)
        }
      } else if (code === this.#delimiter) {
        this.#endField(piece.slice(start, i))
        start = i + 1
      } else if (code === LINE_FEED || code === RETURN) {
        this.#endRecord(piece.slice(start, i), this.#offset + i + 1)
        this.#countLine(code)
        this.#recordLine = this.#line
        start = i + 1
      } else if (code === QUOTE && this.#state === 'start') {
        this.#state = 'quoted'
        this.#field = '' // The blanks before it.
        this.#quoteLine = this.#line
        start = i + 1
      } else if (code === QUOTE && this.#state === 'closed') {
        // Two quotes stand for one: the second is the first character of what follows.
        this.#state = 'quoted'
        start = i
      } else if (this.#state === 'closed' || this.#state === 'ended') {
        if (isBlank(code)) {
          this.#state = 'ended'
          start = i + 1
          this.#previous = code
          continue
        }
        throw new ModelError(
          'invalid_csv',
          `line ${this.#line} has ${JSON.stringify(piece[i])} after a closing quote; expected the end of the field, or the quote doubled`,
          { line: this.#line },
        )
      } else if (this.#state !== 'start' || !isBlank(code)) {
        this.#state = 'plain'
      }
      this.#previous = code
    }
    this.#field += piece.slice(start)
    this.#offset += piece.length
  }

  /**
   * Says that the text ends here.
   *
   * @throws {ModelError} `invalid_csv` when it ends inside a quoted field.
   */
  end(): void {
    if (this.#state === 'quoted') {
      throw new ModelError(
        'invalid_csv',
        `the quote on line ${this.#quoteLine} is never closed; expected another quote`,
        { line: this.#quoteLine },
      )
    }
    this.#endRecord('', this.#offset)
  }

  #endField(text: string): void {
    this.#fields.push(this.#field === '' ? text : this.#field + text)
    this.#field = ''
    this.#state = 'start'
  }

  #endRecord(text: string, end: number): void {
    if (this.#state === 'start' && this.#fields.length === 0) {
      this.#field = ''
      return
    }
    this.#endField(text)
    const fields = this.#fields
    this.#fields = []
    this.#onRecord({ line: this.#recordLine, fields }, end)
  }

  /** A return counts, and a line feed unless it belongs to the return before it. */
  #countLine(code: number): void {
    if (code === RETURN || (code === LINE_FEED && this.#previous !== RETURN)) this.#line++
  }
}

/** @throws {ModelError} `invalid_option` when it is no single ordinary character */
export function checkDelimiter(delimiter: unknown): asserts delimiter is string {
  if (typeof delimiter === 'string' && delimiter.length === 1 && !'"\r\n'.includes(delimiter))
    return
  throw new ModelError(
    'invalid_option',
    `delimiter is ${show(delimiter)}; expected one character that is no quote and ends no line`,
  )
}
