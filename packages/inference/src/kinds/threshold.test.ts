import { Frame, LogisticRegression, Pipeline, StandardScaler } from '@dsapi/model'
import { expect, test } from 'vitest'
import { batchOfNumbers } from '../batch.ts'
import { computeBatchNow } from '../compute.ts'
import { predictRow } from '../protocols/dsapi-json/answers.ts'
import { readModel } from './index.ts'

const bytesOf = (model: unknown) => new TextEncoder().encode(JSON.stringify(model))
const a = [0, 1, 2, 3]
const y = ['no', 'no', 'yes', 'yes']
const plain = new LogisticRegression().fit(
  a.map((value) => [value]),
  y,
)
const scaled = new Pipeline([
  ['scale', new StandardScaler()],
  ['model', new LogisticRegression()],
]).fit(new Frame({ a }), y)
const always = [{ method: 'isotonic', x: [0], y: [0.25] }] as const

test.each([
  ['a logistic regression', plain, plain.withThreshold(0.2)],
  ['a pipeline', scaled, scaled.withModel(scaled.model.withThreshold(0.2))],
])('a threshold of %s changes the class, and no probability', async (_, before, after) => {
  const [first, second] = [await readModel(bytesOf(before)), await readModel(bytesOf(after))]
  expect(second.info.output).toMatchObject({ classes: ['no', 'yes'], threshold: 0.2 })
  const rows = batchOfNumbers(Float64Array.of(-2, 1), 1)
  const answers = [first, second].map((model) => computeBatchNow(model, rows))
  expect(answers[0]).toMatchObject({ predicted: Uint32Array.of(0, 0) })
  expect(answers[1]).toEqual({ ...answers[0], predicted: Uint32Array.of(0, 1) })
  expect(predictRow(second, [1])).toEqual({ ...predictRow(first, [1]), class: 'yes' })
})

test.each([
  ['a logistic regression', plain.withCalibration(always)],
  ['a pipeline', scaled.withModel(scaled.model.withCalibration(always))],
])('calibrated probabilities of %s are served', async (_, model) => {
  const read = await readModel(bytesOf(model))
  const expected = { class: 'no', class_probabilities: [0.75, 0.25] }
  expect(predictRow(read, [3])).toEqual(expected)
  const { probabilities } = {
    probabilities: [],
    ...computeBatchNow(read, batchOfNumbers(Float64Array.of(2), 1)),
  }
  expect(Array.from(probabilities)).toEqual([0.75, 0.25])
})
