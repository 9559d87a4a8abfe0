import { expect, test } from 'vitest'
import { batchOfNumbers } from '../batch.ts'
import { computeBatchNow } from '../compute.ts'
import { readModel } from './index.ts'

test('rows in single precision are answered as the same rows in double precision, however many there are', async () => {
  const file = {
    classes: [0, 1],
    coef: [[0.5, -1, 2]],
    intercept: [0.25],
    feature_names: 'abc'.split(''),
  }
  const model = await readModel(new TextEncoder().encode(JSON.stringify(file)))
  for (const nRows of [1, 5461, 5462, 12_345]) {
    const singles = Float32Array.from(
      { length: 3 * nRows },
      (_, k) => ((k * 7919) % 1009) / 100 - 5,
    )
    const expected = computeBatchNow(model, batchOfNumbers(new Float64Array(singles), 3))
    expect(computeBatchNow(model, batchOfNumbers(singles, 3))).toEqual(expected)
  }
})
