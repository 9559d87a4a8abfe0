import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Batch } from '../batch.ts'
import { type Predictions, predictClasses } from '../predictions.ts'
import { gatherBatches, sliceRows } from './gather.ts'

const number = fc.double({ noDefaultInfinity: true })
const text = fc.option(fc.string())

/** Batches for a model with some features of each sort, some of them in single precision. */
const batches = fc.record({ width: fc.nat(3), texts: fc.nat(2) }).chain(({ width, texts }) =>
  fc.array(
    fc.record({ nRows: fc.nat(4), isSingle: fc.boolean() }).chain(({ nRows, isSingle }) =>
      fc.record({
        nRows: fc.constant(nRows),
        numbers: fc
          .array(number, { minLength: nRows * width, maxLength: nRows * width })
          .map((all) => (isSingle ? Float32Array.from(all) : Float64Array.from(all))),
        texts: fc.array(fc.array(text, { minLength: nRows, maxLength: nRows }), {
          minLength: texts,
          maxLength: texts,
        }),
      }),
    ),
    { minLength: 1, maxLength: 6 },
  ),
)

/** The rows of a batch, each as a text. */
const rowsOf = ({ nRows, numbers, texts }: Batch) => {
  const width = nRows === 0 ? 0 : numbers.length / nRows
  return Array.from({ length: nRows }, (_, row) =>
    [...numbers.subarray(row * width, (row + 1) * width), ...texts.map((column) => column[row])]
      .map((value) => (typeof value === 'string' ? `"${value}"` : String(value)))
      .join('|'),
  )
}

test('batches that are gathered have all of their rows in order', () => {
  fc.assert(
    fc.property(batches, (some) => {
      expect(rowsOf(gatherBatches(some))).toEqual(some.flatMap(rowsOf))
    }),
  )
})

test('a batch that is alone is not copied', () => {
  const batch: Batch = { nRows: 1, numbers: Float64Array.of(1), texts: [] }
  expect(gatherBatches([batch])).toBe(batch)
})

const parts = fc.array(fc.nat(4), { minLength: 1, maxLength: 6 })

test.each<[string, (numbers: Float64Array) => Predictions]>([
  ['classes', (numbers) => predictClasses(['a', 'b'], numbers)],
  ['values', (values) => ({ type: 'values', nRows: values.length / 2, names: ['a', 'b'], values })],
])('predictions that are split are those for the parts: %s', (_, predict) => {
  fc.assert(
    fc.property(parts, fc.infiniteStream(number), (sizes, stream) => {
      const each = sizes.map((nRows) => Float64Array.from(stream.take(2 * nRows)))
      const whole = predict(Float64Array.from(each.flatMap((numbers) => [...numbers])))
      let first = 0
      for (const [index, nRows] of sizes.entries()) {
        expect(sliceRows(whole, first, first + nRows)).toEqual(predict(each[index]))
        first += nRows
      }
    }),
  )
})
