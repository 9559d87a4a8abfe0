import { naturalLog } from '../arithmetic/natural-log.ts'
import { checkCount, checkNumber, refuseOption } from '../linear-model/check-options.ts'
import { checkArrayLike, isTypedArray } from '../validation/check-numbers.ts'
import { MersenneTwister } from './mersenne-twister.ts'

/** What a random draw starts from: a seed, several, or a generator that goes on from where it is. */
export type RandomSource = number | readonly number[] | RandomState

function isSeed(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 32
}

/**
 * NumPy's `RandomState`: the same seed gives the same draws, bit for bit.
 *
 * Each method draws one number (or one order); drawing n of them gives NumPy's array of size n,
 * in its row-major order.
 *
 * Source: NumPy's legacy generator, frozen since 1.17 (NEP 19).
 *
 * @example
 * const random = new RandomState(42)
 * random.uniform() // 0.3745401188473625
 */
export class RandomState {
  readonly #twister: MersenneTwister
  #savedNormal: number | undefined

  /**
   * @param seed An integer in [0, 2^32), or a non-empty array of such. Without one, every
   *   generator differs.
   * @throws {ModelError} `invalid_option` for any other seed.
   */
  constructor(seed: number | readonly number[] = Math.floor(Math.random() * 2 ** 32)) {
    const isList = Array.isArray(seed) || isTypedArray(seed)
    if (isList ? seed.length === 0 || !Array.from(seed).every(isSeed) : !isSeed(seed)) {
      const expected = 'an integer from 0 to 2^32 - 1, or a non-empty array of such'
      refuseOption('randomState', seed, expected)
    }
    this.#twister = new MersenneTwister(isList ? Array.from(seed) : seed)
  }

  /** The generator of a `randomState` option: given, seeded by it, or seeded by chance, as for `null`. */
  static from(source: RandomSource | null | undefined): RandomState {
    return source instanceof RandomState ? source : new RandomState(source ?? undefined)
  }

  /** A double uniform in [low, high). */
  uniform(low = 0, high = 1): number {
    checkNumber('low', low, Number.isFinite, 'a finite number')
    checkNumber('high', high, Number.isFinite, 'a finite number')
    return low + (high - low) * this.#twister.nextDouble()
  }

  /**
   * A normal deviate of mean 0 and standard deviation 1.
   *
   * Source: G. Marsaglia's polar method, which makes two at a time: the second is kept for the
   * next call.
   */
  standardNormal(): number {
    if (this.#savedNormal !== undefined) {
      const saved = this.#savedNormal
      this.#savedNormal = undefined
      return saved
    }
    let x: number
    let y: number
    let radius: number
    do {
      x = 2 * this.#twister.nextDouble() - 1
      y = 2 * this.#twister.nextDouble() - 1
      radius = x * x + y * y
    } while (radius >= 1 || radius === 0)
    const factor = Math.sqrt((-2 * naturalLog(radius)) / radius)
    this.#savedNormal = factor * x
    return factor * y
  }

  /**
   * An integer uniform in [0, limit), for a limit from 1 to 2^32: NumPy's `randint(limit)`.
   *
   * Draws as many bits as the largest result has, again until they are within the limit; a limit
   * of 1 draws nothing.
   */
  randint(limit: number): number {
    const isLimit = (n: number) => Number.isInteger(n) && n >= 1 && n <= 2 ** 32
    checkNumber('limit', limit, isLimit, 'an integer from 1 to 2^32')
    return this.#below(limit)
  }

  #below(limit: number): number {
    const largest = limit - 1
    if (largest === 0) return 0
    const unusedBits = Math.clz32(largest)
    let value: number
    do {
      value = (this.#twister.nextUint32() << unusedBits) >>> unusedBits
    } while (value > largest)
    return value
  }

  /** Shuffles an array in place (Fisher-Yates, from the end). */
  shuffle(items: { [index: number]: number; readonly length: number }): void {
    checkArrayLike(items, 'items')
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.#below(i + 1)
      const item = items[i]
      items[i] = items[j]
      items[j] = item
    }
  }

  /** The integers from 0 to n - 1 in random order. */
  permutation(n: number): Uint32Array {
    checkCount('n', n)
    const order = Uint32Array.from({ length: n }, (_, i) => i)
    this.shuffle(order)
    return order
  }
}
