import { Growing } from './growing.ts'

const makeInts = (length: number) => new Int32Array(length)
const makeWords = (length: number) => new Uint32Array(length)

/**
 * The categories of all categorical splits. Each set holds words of 32 categories, only those that are not empty,
 * in ascending order: a set never takes more memory than its categories took in the file, however large they are.
 */
export interface CategorySets {
  /** Where each set begins in `words`, and at the end their number. */
  readonly starts: Int32Array
  /** Which 32 categories a word stands for: category / 32. */
  readonly words: Int32Array
  readonly bits: Uint32Array
}

export class CategorySetsBuilder {
  readonly #starts = new Growing(makeInts)
  readonly #words = new Growing(makeInts)
  readonly #bits = new Growing(makeWords)

  /** Adds a set of categories in any order. @returns its number */
  addCodes(codes: Int32Array): number {
    const sorted = codes.slice().sort()
    this.#starts.push(this.#words.length)
    let last = -1
    for (const code of sorted) {
      const word = code >>> 5
      if (word !== last) {
        this.#words.push(word)
        this.#bits.push(0)
        last = word
      }
      const at = this.#bits.length - 1
      this.#bits.set(at, this.#bits.get(at) | (1 << (code & 31)))
    }
    return this.#starts.length - 1
  }

  /** Adds a set that is given as a bitset. @returns its number */
  addBits(bits: Uint32Array): number {
    this.#starts.push(this.#words.length)
    for (let word = 0; word < bits.length; word++) {
      if (bits[word] === 0) continue
      this.#words.push(word)
      this.#bits.push(bits[word])
    }
    return this.#starts.length - 1
  }

  build(): CategorySets {
    const starts = new Int32Array(this.#starts.length + 1)
    starts.set(this.#starts.toArray())
    starts[this.#starts.length] = this.#words.length
    return { starts, words: this.#words.toArray(), bits: this.#bits.toArray() }
  }
}

/** Whether a set has a category, which is a whole number from 0 up to 2^31 - 1. */
export function hasCategory(sets: CategorySets, set: number, category: number): boolean {
  const { starts, words, bits } = sets
  const word = category >>> 5
  let low = starts[set]
  let high = starts[set + 1] - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const found = words[middle]
    if (found === word) return ((bits[middle] >>> (category & 31)) & 1) === 1
    if (found < word) low = middle + 1
    else high = middle - 1
  }
  return false
}
