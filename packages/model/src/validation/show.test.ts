import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { show } from './show.ts'

describe('a wrong value is shown', () => {
  test.each<[unknown, string]>([
    [null, 'null'],
    ['a"\n', '"a\\"\\n"'],
    [[1, [null, 'a']], '[1,[null,"a"]]'],
    [{ a: [undefined] }, '{"a":[undefined]}'],
    [new Date(0), 'a Date'],
    [new Map(), 'a Map'],
    [Float64Array.of(1), 'a Float64Array'],
    [Object.create(null), '{}'],
    [Symbol('a'), 'Symbol(a)'],
    [() => 1, 'a function'],
  ])('%o', (value, text) => {
    expect(show(value)).toBe(text)
  })

  test('as a bigint, unless it is long', () => {
    expect(show(12n)).toBe('12n')
    expect(show(10n ** 100_000n)).toBe('a large bigint')
  })

  test('in little text, without looking at all of it', () => {
    const long = new Array(1e6).fill('long')
    expect(show([[long]])).toBe('[[an array of 1000000]]')
    const itself: unknown[] = []
    itself.push(itself)
    expect(show(itself)).toBe('[[[an array of 1]]]')
    const refuses = new Proxy({}, { getPrototypeOf: () => null, ownKeys: () => [][0] })
    expect(show(refuses)).toBe('an object')
    const anything = fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true })
    fc.assert(
      fc.property(anything, (value) => {
        expect(show(value).length).toBeLessThan(600)
      }),
    )
  })
})
