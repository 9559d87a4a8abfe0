/** Doubles in one array, whose number is not known beforehand. It begins small, for tables of many columns. */
export class GrowingArray {
  #data = new Float64Array(16)
  #length = 0

  push(value: number): void {
    if (this.#length === this.#data.length) {
      const larger = new Float64Array(2 * this.#length)
      larger.set(this.#data)
      this.#data = larger
    }
    this.#data[this.#length++] = value
  }

  /** What was pushed, as a view: the array behind it may be up to twice as long. */
  toArray(): Float64Array {
    return this.#data.subarray(0, this.#length)
  }
}
