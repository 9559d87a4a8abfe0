import type { Batch } from '../batch.ts'
import { BatchBuilder } from '../batch-builder.ts'
import type { Feature } from '../model-info.ts'
import type { Row } from '../row.ts'

/** So many values are read at a time, except that the last row may have more: a megabyte. */
const mostValues = 2 ** 17

/** Some rows of a text in order: those that could be read, and why the others could not. */
export class RowBlock {
  readonly #features: readonly Feature[]
  readonly #rows: BatchBuilder
  /** For each row where it ends in the text. */
  readonly ends: number[] = []
  /** For each row what is wrong with it, if anything is. */
  readonly problems: (string | undefined)[] = []

  constructor(features: readonly Feature[]) {
    this.#features = features
    this.#rows = new BatchBuilder(features)
  }

  /**
   * Takes the next row, or what is wrong with it.
   *
   * @param end where it ends in the text
   */
  add(read: Row | string, end: number): void {
    const isProblem = typeof read === 'string'
    if (!isProblem) this.#rows.add(read)
    this.problems.push(isProblem ? read : undefined)
    this.ends.push(end)
  }

  /** Whether further rows ought to wait: absent values make a row larger than its text. */
  isFull(): boolean {
    return this.#rows.nRows * this.#features.length >= mostValues
  }

  /** The rows that could be read, from the first on, in batches of some rows at most. */
  *batches(mostRows: number): Generator<Batch, void> {
    const { nRows } = this.#rows
    for (let first = 0; first < nRows; first += mostRows) {
      yield this.#rows.batch(first, Math.min(first + mostRows, nRows))
    }
  }
}
