import fc from 'fast-check'
import { expect, test } from 'vitest'
import { firstNotBelow } from './first-not-below.ts'

test('it is the first edge of all that the value is not above', () => {
  const edges = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 30 })
  fc.assert(
    fc.property(edges, fc.integer({ min: -1, max: 21 }), (unsorted, value) => {
      const sorted = unsorted.toSorted((a, b) => a - b)
      const found = sorted.findIndex((edge) => value <= edge)
      expect(firstNotBelow(sorted, value)).toBe(found === -1 ? sorted.length : found)
    }),
  )
})

test('it looks at few of the edges', () => {
  const counted = (length: number) => {
    let reads = 0
    const edges = new Proxy(
      Array.from({ length }, (_, i) => i),
      {
        get: (target, name) => {
          if (name !== 'length') reads++
          return Reflect.get(target, name)
        },
      },
    )
    firstNotBelow(edges, length / 3)
    return reads
  }
  expect(counted(2000)).toBeLessThanOrEqual(counted(1000) + 1)
})
