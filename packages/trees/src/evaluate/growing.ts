/** A typed array that grows: at most twice as large as what is in it. */
export class Growing<T extends Float64Array | Int32Array | Uint32Array | Uint8Array> {
  #values: T
  readonly #make: (length: number) => T
  length = 0

  constructor(make: (length: number) => T) {
    this.#make = make
    this.#values = make(16)
  }

  /** Makes place for more values, and gives the index of the first. */
  extend(count: number): number {
    const start = this.length
    const needed = start + count
    if (needed > this.#values.length) {
      const larger = this.#make(Math.max(needed, 2 * this.#values.length))
      larger.set(this.#values)
      this.#values = larger
    }
    this.length = needed
    return start
  }

  push(value: number): void {
    const at = this.extend(1)
    this.#values[at] = value
  }

  set(index: number, value: number): void {
    this.#values[index] = value
  }

  get(index: number): number {
    return this.#values[index]
  }

  /** Its values, in an array of just their number. */
  toArray(): T {
    return this.#values.slice(0, this.length) as T
  }
}
