import { decodeText } from '../utf8.ts'

/** No text is there. */
const FREE = -1

/**
 * A number for each different text, by its bytes: an open hash table at most half full, and all bytes in one array. No text is
 * made of a cell that was there before.
 */
export class TextCodes {
  #slots = new Int32Array(16).fill(FREE)
  /** For each code its hash, and where its bytes end; they start where those of the code before end. */
  #hashes = new Int32Array(8)
  #ends = new Int32Array(8)
  #bytes = new Uint8Array(64)
  #size = 0
  /** Where the last search ended. */
  #slot = 0
  #hash = 0

  get size(): number {
    return this.#size
  }

  /** The code of a text, or -1 where there is none; {@link add} may follow. */
  find(bytes: Uint8Array, start: number, end: number): number {
    let hash = end - start
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193)
    hash ^= hash >>> 15
    const mask = this.#slots.length - 1
    let slot = hash & mask
    let code = this.#slots[slot]
    while (code !== FREE && !(this.#hashes[code] === hash && this.#is(code, bytes, start, end))) {
      slot = (slot + 1) & mask
      code = this.#slots[slot]
    }
    this.#slot = slot
    this.#hash = hash
    return code
  }

  /** Gives a code to a text that {@link find} has just not found. */
  add(bytes: Uint8Array, start: number, end: number): number {
    const code = this.#size
    if (code === this.#ends.length) {
      this.#hashes = enlarge(this.#hashes, new Int32Array(2 * code))
      this.#ends = enlarge(this.#ends, new Int32Array(2 * code))
    }
    const from = code === 0 ? 0 : this.#ends[code - 1]
    const to = from + end - start
    if (to > this.#bytes.length) {
      this.#bytes = enlarge(this.#bytes, new Uint8Array(2 * to))
    }
    for (let i = start; i < end; i++) this.#bytes[from + i - start] = bytes[i]
    this.#ends[code] = to
    this.#hashes[code] = this.#hash
    this.#slots[this.#slot] = code
    this.#size++
    if (2 * this.#size > this.#slots.length) this.#spread()
    return code
  }

  /** All texts, each at its code. */
  texts(): string[] {
    return Array.from({ length: this.#size }, (_, code) =>
      decodeText(this.#bytes, code === 0 ? 0 : this.#ends[code - 1], this.#ends[code]),
    )
  }

  #is(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = code === 0 ? 0 : this.#ends[code - 1]
    if (this.#ends[code] - from !== end - start) return false
    for (let i = start; i < end; i++) if (this.#bytes[from + i - start] !== bytes[i]) return false
    return true
  }

  #spread(): void {
    this.#slots = new Int32Array(2 * this.#slots.length).fill(FREE)
    const mask = this.#slots.length - 1
    for (let code = 0; code < this.#size; code++) {
      let slot = this.#hashes[code] & mask
      while (this.#slots[slot] !== FREE) slot = (slot + 1) & mask
      this.#slots[slot] = code
    }
  }
}

function enlarge<A extends Int32Array | Uint8Array>(values: A, larger: A): A {
  larger.set(values)
  return larger
}
