import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CategorySetsBuilder, hasCategory } from './category-sets.ts'

const code = fc.oneof(fc.nat(200), fc.nat(2 ** 31 - 1))

test('a set has its categories and no others, however they were given', () => {
  fc.assert(
    fc.property(fc.array(fc.array(code)), fc.array(code), (lists, others) => {
      const builder = new CategorySetsBuilder()
      const numbers = lists.map((list) => builder.addCodes(Int32Array.from(list)))
      const sets = builder.build()
      for (const [i, list] of lists.entries()) {
        for (const category of [...list, ...others])
          expect(hasCategory(sets, numbers[i], category)).toBe(list.includes(category))
      }
    }),
  )
})

test('a bitset is the same set', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(2 ** 32 - 1), { maxLength: 8 }), (words) => {
      const builder = new CategorySetsBuilder()
      const set = builder.addBits(Uint32Array.from(words))
      const sets = builder.build()
      for (let category = 0; category < 32 * 9; category++) {
        const word = words[category >>> 5] ?? 0
        expect(hasCategory(sets, set, category)).toBe(((word >>> (category & 31)) & 1) === 1)
      }
    }),
  )
})
