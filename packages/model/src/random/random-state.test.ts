import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import reference from '../../test/reference/random-state.json' with { type: 'json' }
import { ModelError } from '../errors.ts'
import { RandomState } from './random-state.ts'

describe.each(reference.cases)('RandomState($seed), beside NumPy', (expected) => {
  const draw = <T>(count: number, next: (random: RandomState) => T) => {
    const random = new RandomState(expected.seed)
    return Array.from({ length: count }, () => next(random))
  }

  it('draws the same uniform doubles', () => {
    expect(draw(5, (random) => random.uniform())).toEqual(expected.uniform)
    expect(draw(5, (random) => random.uniform(-3, 7))).toEqual(expected.scaled)
  })

  it('draws the same normal deviates', () => {
    expect(draw(7, (random) => random.standardNormal())).toEqual(expected.standardNormal)
  })

  it('draws the same integers below each limit, one limit after the other', () => {
    const random = new RandomState(expected.seed)
    for (const [limit, values] of expected.randint) {
      expect(Array.from({ length: 5 }, () => random.randint(Number(limit)))).toEqual(values)
    }
  })

  it('puts integers in the same order', () => {
    expect([...new RandomState(expected.seed).permutation(12)]).toEqual(expected.permutation)
  })

  it('keeps the second normal deviate for later while it draws other things', () => {
    const random = new RandomState(expected.seed)
    expect([
      random.standardNormal(),
      random.uniform(),
      random.randint(7),
      random.standardNormal(),
      random.standardNormal(),
    ]).toEqual(expected.mixed)
  })
})

describe('RandomState', () => {
  it.each([-1, 0.5, 2 ** 32, Number.NaN, [], [1, -1]].map((seed) => ({ seed })))(
    'refuses the seed $seed',
    ({ seed }) => {
      expect(() => new RandomState(seed)).toThrow(ModelError)
    },
  )

  it('draws different numbers without a seed', () => {
    expect(new RandomState().uniform()).not.toBe(new RandomState().uniform())
  })

  it('goes on from where a given generator is', () => {
    const random = new RandomState(3)
    const first = RandomState.from(random).uniform()
    expect(RandomState.from(random).uniform()).not.toBe(first)
    expect(RandomState.from(3).uniform()).toBe(first)
  })

  it('shuffles without losing or doubling anything', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.nat(), (items, seed) => {
        const shuffled = [...items]
        new RandomState(seed).shuffle(shuffled)
        expect(shuffled.toSorted((a, b) => a - b)).toEqual(items.toSorted((a, b) => a - b))
      }),
    )
  })
})
