/** Whole numbers in one array, whose number is not known beforehand. It begins small, for tables of many columns. */
export class GrowingCodes {
  #data = new Int32Array(0)
  #length = 0

  get length(): number {
    return this.#length
  }

  push(code: number): void {
    if (this.#length === this.#data.length) {
      const larger = new Int32Array(Math.max(16, 2 * this.#length))
      larger.set(this.#data)
      this.#data = larger
    }
    this.#data[this.#length++] = code
  }

  /** What was pushed, as a view: the array behind it may be up to twice as long. */
  toArray(): Int32Array {
    return this.#data.subarray(0, this.#length)
  }
}
