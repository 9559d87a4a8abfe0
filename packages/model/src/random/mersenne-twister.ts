const SIZE = 624
const MIDDLE = 397
const UPPER_BIT = 0x80000000
const LOWER_BITS = 0x7fffffff
const TWIST = 0x9908b0df

/** The state after seeding with one 32-bit integer: `init_genrand` of mt19937ar.c. */
function stateFromInteger(seed: number): Uint32Array {
  const state = new Uint32Array(SIZE)
  state[0] = seed
  for (let i = 1; i < SIZE; i++) {
    const previous = state[i - 1]
    state[i] = Math.imul(1812433253, previous ^ (previous >>> 30)) + i
  }
  return state
}

/** The state after seeding with several 32-bit integers: `init_by_array` of mt19937ar.c. */
function stateFromArray(seeds: readonly number[]): Uint32Array {
  const state = stateFromInteger(19650218)
  let i = 1
  const step = () => {
    i++
    if (i === SIZE) {
      state[0] = state[SIZE - 1]
      i = 1
    }
  }
  const mixed = () => state[i - 1] ^ (state[i - 1] >>> 30)
  for (let k = 0; k < Math.max(SIZE, seeds.length); k++) {
    const j = k % seeds.length
    state[i] = (state[i] ^ Math.imul(mixed(), 1664525)) + seeds[j] + j
    step()
  }
  for (let k = 1; k < SIZE; k++) {
    state[i] = (state[i] ^ Math.imul(mixed(), 1566083941)) - i
    step()
  }
  state[0] = UPPER_BIT
  return state
}

/**
 * The Mersenne Twister MT19937, a generator of 32-bit integers with a period of 2^19937 - 1.
 *
 * The seed is an integer in [0, 2^32) or a non-empty array of such; the caller checks that.
 *
 * Source: M. Matsumoto, T. Nishimura, "Mersenne Twister", ACM TOMACS 8(1), 1998, with the seeding
 * of 2002 (mt19937ar.c).
 */
export class MersenneTwister {
  readonly #state: Uint32Array
  #position = SIZE

  constructor(seed: number | readonly number[]) {
    this.#state = typeof seed === 'number' ? stateFromInteger(seed) : stateFromArray(seed)
  }

  /** The next integer, uniform in [0, 2^32). */
  nextUint32(): number {
    if (this.#position === SIZE) this.#regenerate()
    let bits = this.#state[this.#position++]
    bits ^= bits >>> 11
    bits ^= (bits << 7) & 0x9d2c5680
    bits ^= (bits << 15) & 0xefc60000
    return (bits ^ (bits >>> 18)) >>> 0
  }

  /** The next double, uniform in [0, 1) with 53 random bits: `genrand_res53` of mt19937ar.c. */
  nextDouble(): number {
    const high = this.nextUint32() >>> 5
    const low = this.nextUint32() >>> 6
    return (high * 2 ** 26 + low) / 2 ** 53
  }

  #regenerate(): void {
    const state = this.#state
    for (let i = 0; i < SIZE; i++) {
      const bits = (state[i] & UPPER_BIT) | (state[(i + 1) % SIZE] & LOWER_BITS)
      state[i] = state[(i + MIDDLE) % SIZE] ^ (bits >>> 1) ^ ((bits & 1) * TWIST)
    }
    this.#position = 0
  }
}
