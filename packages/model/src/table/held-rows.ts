import type { ByteRecord } from './csv-bytes.ts'

/** So many rows are held, or fewer where they are long. */
const MAX_ROWS = 1024
const MAX_BYTES = 2 ** 28

/** Cells of one column, one after the other. */
export type VisitCell = (bytes: Uint8Array, start: number, end: number, line: number) => void

/**
 * The first rows of a table as they are written. With them at hand, most columns are known to be numbers or not before anything
 * is stored for them, which matters where there are many columns.
 */
export class HeldRows {
  readonly #width: number
  readonly #rows: HeldRow[] = []
  #length = 0

  constructor(width: number) {
    this.#width = width
  }

  get nRows(): number {
    return this.#rows.length
  }

  get isFull(): boolean {
    return this.nRows === MAX_ROWS || this.#length >= MAX_BYTES
  }

  add({ bytes, starts, ends, line }: ByteRecord): void {
    let length = 0
    for (let j = 0; j < this.#width; j++) length += ends[j] - starts[j]
    const row = { line, bytes: new Uint8Array(length), ends: new Int32Array(this.#width) }
    let to = 0
    for (let j = 0; j < this.#width; j++) {
      for (let i = starts[j]; i < ends[j]; i++) row.bytes[to++] = bytes[i]
      row.ends[j] = to
    }
    this.#rows.push(row)
    this.#length += length
  }

  /** Goes through column j. */
  visit(j: number, visitCell: VisitCell): void {
    for (const { line, bytes, ends } of this.#rows) {
      visitCell(bytes, j === 0 ? 0 : ends[j - 1], ends[j], line)
    }
  }
}

interface HeldRow {
  readonly line: number
  readonly bytes: Uint8Array
  /** Where each cell ends; it starts where the cell before ends. */
  readonly ends: Int32Array
}
