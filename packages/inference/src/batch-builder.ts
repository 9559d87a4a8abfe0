import type { Batch } from './batch.ts'
import type { Feature } from './model-info.ts'
import type { Row } from './row.ts'

/** Makes a batch of rows that come one after another. */
export class BatchBuilder {
  readonly #isText: readonly boolean[]
  /** Numeric features a row. */
  readonly #width: number
  readonly #texts: readonly (string | null)[][]
  #numbers: Float64Array<ArrayBuffer>
  #nRows = 0

  /** @param rows for how many there is memory at first */
  constructor(features: readonly Feature[], rows = 1) {
    this.#isText = features.map(({ type }) => type === 'text')
    this.#texts = features.filter(({ type }) => type === 'text').map(() => [])
    this.#width = features.length - this.#texts.length
    this.#numbers = new Float64Array(this.#width * rows)
  }

  get nRows(): number {
    return this.#nRows
  }

  /** Takes the next row, with a value for each feature. */
  add(row: Row): void {
    const at = this.#nRows++ * this.#width
    if (at + this.#width > this.#numbers.length) this.#grow(at)
    if (this.#texts.length > 0) this.#addMixed(row, at)
    else copyNumbers(row, this.#numbers, at)
  }

  #addMixed(row: Row, at: number): void {
    let column = 0
    for (const [j, cell] of row.entries()) {
      if (this.#isText[j]) this.#texts[column++].push(typeof cell === 'string' ? cell : null)
      else this.#numbers[at++] = numberOf(cell)
    }
  }

  #grow(used: number): void {
    const grown = new Float64Array(Math.max(2 * used, this.#width))
    grown.set(this.#numbers.subarray(0, used))
    this.#numbers = grown
  }

  /** The rows of a range, in memory that no other batch has: it can go to another thread. */
  batch(first = 0, last: number = this.#nRows): Batch {
    const [start, end] = [first * this.#width, last * this.#width]
    const isAll = start === 0 && end === this.#numbers.length
    return {
      nRows: last - first,
      numbers: isAll ? this.#numbers : this.#numbers.slice(start, end),
      texts: this.#texts.map((column) => column.slice(first, last)),
    }
  }
}

const copyNumbers = (row: Row, numbers: Float64Array, at: number) => {
  for (let j = 0; j < row.length; j++) numbers[at + j] = numberOf(row[j])
}

const numberOf = (cell: Row[number]) => (typeof cell === 'number' ? cell : Number.NaN)

/** A batch of one row. */
export const batchOfRow = (features: readonly Feature[], row: Row): Batch => {
  const builder = new BatchBuilder(features)
  builder.add(row)
  return builder.batch()
}

/** A row of a batch, as it was before it became a part of it. */
export const rowOf = (
  features: readonly Feature[],
  { nRows, numbers, texts }: Batch,
  row: number,
): Row => {
  const width = numbers.length / nRows
  let at = row * width
  let column = 0
  return features.map(({ type }) => {
    if (type === 'text') return texts[column++][row]
    const value = numbers[at++]
    return Number.isNaN(value) ? null : value
  })
}
