import { decodeUtf8 } from '../document/utf8.ts'
import { TreesError } from '../errors.ts'

/** A piece of the file: what stands behind `name=`, or a whole line. */
export interface Piece {
  readonly start: number
  readonly end: number
  /** Counted from 1. */
  readonly line: number
}

/** The lines of a file, without making texts of them. */
export class Lines {
  readonly bytes: Uint8Array
  #next = 0
  #line = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.#next = 3
  }

  /** The next line, without its end; undefined after the last. */
  next(): Piece | undefined {
    const { bytes } = this
    if (this.#next >= bytes.length) return undefined
    const start = this.#next
    let end = bytes.indexOf(10, start)
    if (end < 0) end = bytes.length
    this.#next = end + 1
    this.#line++
    return { start, end: end > start && bytes[end - 1] === 13 ? end - 1 : end, line: this.#line }
  }

  text({ start, end }: Piece): string {
    return decodeUtf8(this.bytes.subarray(start, end), start)
  }

  startsWith({ start, end }: Piece, prefix: string): boolean {
    if (end - start < prefix.length) return false
    for (let i = 0; i < prefix.length; i++) {
      if (this.bytes[start + i] !== prefix.charCodeAt(i)) return false
    }
    return true
  }

  /** The name before the first `=` of a line, and what stands behind it. */
  split(piece: Piece): readonly [string, Piece] {
    const at = this.bytes.subarray(piece.start, piece.end).indexOf(61)
    if (at < 0) return [this.text(piece), { ...piece, start: piece.end }]
    const end = piece.start + at
    return [this.text({ ...piece, end }), { ...piece, start: end + 1 }]
  }
}

/** An error about one line. */
export function brokenLine({ start, line }: Piece, problem: string, tree?: number): TreesError {
  const of = tree === undefined ? '' : ` of tree ${tree}`
  const facts = tree === undefined ? { line, offset: start } : { line, offset: start, tree }
  return new TreesError(
    'invalid_file',
    `${problem} (line ${line}${of}, byte ${start} of the file).`,
    facts,
  )
}
