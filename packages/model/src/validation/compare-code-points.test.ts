import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareCodePoints } from './compare-code-points.ts'

test('texts are in the order of their code points, as in Python', () => {
  const pointsOf = (text: string) => Array.from(text, (character) => character.codePointAt(0) ?? 0)
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '\ue000', '\uffff', '\u{10000}', '😀') })
  fc.assert(
    fc.property(text, text, (a, b) => {
      const [x, y] = [pointsOf(a), pointsOf(b)]
      const at = x.findIndex((point, i) => point !== y[i])
      const expected = at === -1 || at >= y.length ? x.length - y.length : x[at] - y[at]
      expect(Math.sign(compareCodePoints(a, b))).toBe(Math.sign(expected))
    }),
  )
})
