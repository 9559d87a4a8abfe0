import { type Batch, batchOfNumbers } from '../batch.ts'

/** Some rows of a text in order: those that could be read as numbers, and why the others could not. */
export class RowBlock {
  readonly #width: number
  #numbers: Float64Array<ArrayBuffer>
  #good = 0
  /** For each row where it ends in the text. */
  readonly ends: number[] = []
  /** For each row what is wrong with it, if anything is. */
  readonly problems: (string | undefined)[] = []

  constructor(width: number) {
    this.#width = width
    this.#numbers = new Float64Array(width)
  }

  /**
   * Takes the next row.
   *
   * @param read writes the numbers of the row from a place on, or says why there are none
   */
  add<T>(
    row: T,
    end: number,
    read: (row: T, numbers: Float64Array, at: number) => string | undefined,
  ): void {
    const at = this.#good * this.#width
    if (at === this.#numbers.length) {
      const grown = new Float64Array(2 * at)
      grown.set(this.#numbers)
      this.#numbers = grown
    }
    const problem = read(row, this.#numbers, at)
    if (problem === undefined) this.#good++
    this.problems.push(problem)
    this.ends.push(end)
  }

  /** The rows that could be read, from one on, in batches of some rows at most. */
  *batches(mostRows: number): Generator<Batch, void> {
    for (let first = 0; first < this.#good; first += mostRows) {
      const last = Math.min(first + mostRows, this.#good)
      const numbers = this.#numbers.subarray(first * this.#width, last * this.#width)
      yield batchOfNumbers(numbers, this.#width)
    }
  }
}
