/** Doubles in one array, whose number is not known beforehand. It begins small, for tables of many columns. */
export class GrowingArray {
  #data: Float64Array
  #length: number

  /** Begins with some values, and their array. */
  constructor(values: Float64Array = new Float64Array(0)) {
    this.#data = values
    this.#length = values.length
  }

  push(value: number): void {
    if (this.#length === this.#data.length) {
      const larger = new Float64Array(Math.max(16, 2 * this.#length))
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
