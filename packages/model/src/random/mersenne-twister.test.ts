import { describe, expect, it } from 'vitest'
import { MersenneTwister } from './mersenne-twister.ts'

describe('MersenneTwister', () => {
  it('gives the first integers of mt19937ar.out for its array of seeds', () => {
    const twister = new MersenneTwister([0x123, 0x234, 0x345, 0x456])
    const first = Array.from({ length: 10 }, () => twister.nextUint32())
    expect(first).toEqual([
      1067595299, 955945823, 477289528, 4107218783, 4228976476, 3344332714, 3355579695, 227628506,
      810200273, 2591290167,
    ])
  })

  it('gives the first and the 10,000th integer that the C++ standard names for seed 5489', () => {
    const twister = new MersenneTwister(5489)
    expect(twister.nextUint32()).toBe(3499211612)
    for (let i = 2; i < 10_000; i++) twister.nextUint32()
    expect(twister.nextUint32()).toBe(4123659995)
  })

  it('makes a double of 27 and 26 bits of two integers', () => {
    const twister = new MersenneTwister([0x123, 0x234, 0x345, 0x456])
    const high = 1067595299 >>> 5
    const low = 955945823 >>> 6
    expect(twister.nextDouble()).toBe((high * 67108864 + low) / 9007199254740992)
  })
})
