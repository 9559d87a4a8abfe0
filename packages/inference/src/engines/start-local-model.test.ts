import { expect, onTestFinished, test } from 'vitest'
import { largeLightgbm } from '../../test/large-lightgbm.ts'
import { namedCategories, smallXgboost } from '../../test/small-trees.ts'
import { batchOfNumbers } from '../batch.ts'
import { InputError } from '../input-error.ts'
import { readModel } from '../kinds/index.ts'
import type { ModelOptions } from '../model-options.ts'
import { largestInProcess, startLocalModel } from './start-local-model.ts'

const start = async (bytes: Uint8Array<ArrayBuffer>, options: ModelOptions = {}) => {
  const context = { label: 'test 1', timeLimitMs: 60_000, onLine: () => {}, onChange: () => {} }
  const model = await startLocalModel({ type: 'bytes', bytes }, options, context)
  onTestFinished(model.close)
  return model
}

/** The same file, larger: white space behind JSON means nothing. */
const padded = (bytes: Uint8Array) => {
  const larger = new Uint8Array(largestInProcess + 1).fill(32)
  larger.set(bytes)
  return larger
}

test('a large model answers from its process as it does in this one, to the last bit', async () => {
  const bytes = largeLightgbm(400)
  expect(bytes.length).toBeGreaterThan(largestInProcess)
  const model = await start(bytes)
  const here = await readModel(bytes)
  const rows = Float64Array.from({ length: 5000 }, (_, k) =>
    k % 7 === 0 ? Number.NaN : (k * 0.618) % 1,
  )
  const batch = batchOfNumbers(rows, 10)
  expect(model.info).toEqual(here.info)
  expect(await model.predict(batch)).toEqual(await here.predict(batch))
  expect(model.predictSync).toBeUndefined()
  expect(model.state?.()).toEqual({ isReady: true, restarts: 0 })
})

test('a small model answers on the spot', async () => {
  const model = await start(smallXgboost())
  expect(model.predictSync).toBeDefined()
  expect(model.state).toBeUndefined()
})

test('a file that takes more memory than it may is refused, and this process goes on', async () => {
  const text = `{"coef":[${'{},'.repeat(8 * 2 ** 20)}`
  await expect(start(new TextEncoder().encode(text))).rejects.toThrow(
    /ended before it was ready: the process aborted .* more memory than it may take/,
  )
})

test('a damaged large file is refused with where, and options that do not fit as such', async () => {
  await expect(start(largeLightgbm(400).slice(0, -1_000_000))).rejects.toThrow(/tree|line/)
  const classes = ['a', 'b']
  await expect(start(padded(smallXgboost()), { classes })).rejects.toMatchObject({
    name: 'ModelOptionsError',
  })
})

test('a value that a large model refuses is an error of the input', async () => {
  const model = await start(padded(smallXgboost({}, { cats: namedCategories })))
  const batch = { nRows: 1, numbers: Float64Array.of(10), texts: [['Genf']] }
  const refused = model.predict(batch)
  await expect(refused).rejects.toBeInstanceOf(InputError)
  await expect(refused).rejects.toMatchObject({ field: 'f0', row: 0 })
})
