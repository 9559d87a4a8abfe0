import { EventEmitter } from 'node:events'
import type { ServerResponse } from 'node:http'
import {
  type Batch,
  InputError,
  type ModelInfo,
  type ModelRuntime,
  type Predictions,
  predictRow,
  rowOf,
  textArtifact,
} from '@dsapi/inference'
import { toStoredModel } from '@dsapi/registry'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createMemoryBudget } from '../../http/memory-budget.ts'
import { buildDocument } from '../../openapi/build-document.ts'
import { exampleModel } from './example-model.ts'
import { exampleObject, exampleRow, exampleValues } from './example-rows.ts'
import { readRow } from './predict-path.ts'
import { instancesError, rowError } from './prediction-errors.ts'
import { predictionSchemas } from './prediction-schemas.ts'
import { createPredictor } from './predictor.ts'

const info: ModelInfo = {
  format: 'toy',
  precision: 'float64',
  features: [
    { name: 'price', type: 'number', nullable: true },
    { name: 'items', type: 'integer', nullable: false },
    { name: 'express', type: 'boolean', nullable: false },
    { name: 'colour', type: 'text', nullable: true, categories: ['red', 'blue'] },
  ],
  featureNames: ['price', 'items', 'express', 'colour'],
  output: { type: 'values', names: ['low', 'high'] },
}

/** Answers with the number of items and its square root, and refuses the colour mauve. */
const answer = (batch: Batch): Predictions => {
  const values = Array.from({ length: batch.nRows }, (_, at) => {
    const [, items, , colour] = rowOf(info.features, batch, at)
    if (colour === 'mauve') throw new InputError('is not known', { row: at, field: 'colour' })
    return [Number(items), Math.sqrt(Number(items))]
  })
  const names = ['low', 'high']
  return { type: 'values', nRows: batch.nRows, names, values: Float64Array.from(values.flat()) }
}
const runtime: ModelRuntime = {
  info,
  predictSync: answer,
  predict: async (batch) => answer(batch),
  close: async () => {},
}
/** The same, as an engine answers: in its own time. */
const engine: ModelRuntime = {
  ...{ info, predict: runtime.predict, close: runtime.close },
  state: () => ({ isReady: true, restarts: 0 }),
}
const storedOf = (model: ModelRuntime) =>
  toStoredModel({
    ...{ name: 'default', version: 1, sha256: 'abcdefgh', createdAt: 0, options: {} },
    ...{ model, artifact: textArtifact('') },
  })

const ask = async (
  model: ModelRuntime,
  instances: unknown,
  unknownMembers: 'ignored' | 'refused',
) => {
  const { predict, close } = createPredictor(60_000)
  onTestFinished(close)
  const bytes = new TextEncoder().encode(JSON.stringify({ instances }))
  const held = createMemoryBudget(2 ** 30).take(new EventEmitter() as ServerResponse, 0)
  const { signal } = new AbortController()
  const options = { ownerId: 'a', sampleSize: 10, unknownMembers, signal }
  const pieces = await predict(storedOf(model), { bytes, held }, options)
  const { value } = await pieces.next()
  if (value === undefined) throw new Error('It should have answered')
  return { ...value, answers: JSON.parse(`[${new TextDecoder().decode(value.bytes)}]`) }
}

describe.each([
  ['on the spot', runtime],
  ['in its own time', engine],
])('a model of features of all types that answers %s', (_, model) => {
  const order = { items: 4, express: 'True', colour: null }

  test('answers with values, which are counted and logged with what is missing', async () => {
    const { answers, counts, sample } = await ask(model, [order, [1.5, '9', 0, 'red']], 'refused')
    expect(answers).toEqual([{ values: { low: 4, high: 2 } }, { values: { low: 9, high: 3 } }])
    expect(counts).toEqual([2])
    expect(sample.map(({ features }) => features)).toEqual([
      [null, 4, 1, null],
      [1.5, 9, 0, 'red'],
    ])
  })

  test('names a member that is no feature, where these are refused', async () => {
    const instances = [{ ...order, prise: 1 }]
    expect((await ask(model, instances, 'ignored')).counts).toEqual([1])
    await expect(ask(model, instances, 'refused')).rejects.toMatchObject({
      code: 'invalid_body',
      facts: {
        detail: [{ field: 'instances[0].prise', message: 'is not a feature of the model' }],
      },
    })
  })

  test('names the row and the feature that the model refuses', async () => {
    const instances = [order, { ...order, colour: 'mauve' }]
    await expect(ask(model, instances, 'refused')).rejects.toMatchObject({
      code: 'invalid_body',
      facts: { detail: [{ field: 'instances[1].colour', message: 'is not known' }] },
    })
  })

  test('is described by a document whose examples fit its schemas', () => {
    const { requests, answers } = predictionSchemas(info)
    for (const number of [0, 1] as const) {
      const row = exampleRow(info.features, number)
      const instances = [exampleObject(info.features, number), exampleValues(info.features, number)]
      expect(requests.Instances.safeParse({ instances }).success).toBe(true)
      expect(answers.Prediction.safeParse(predictRow(exampleModel(model), row)).success).toBe(true)
    }
    const { paths } = buildDocument(storedOf(model))
    expect(Object.keys(paths)[0]).toBe(
      '/predict/price/{price}/items/{items}/express/{express}/colour/{colour}',
    )
  })
})

test('a path may leave out what may be missing, and names what is wrong', () => {
  expect(readRow(info, '/predict/items/3/express/false', '/predict/')).toEqual({
    ok: true,
    row: [null, 3, 0, null],
  })
  expect(readRow(info, '/predict/items/0.5/express/2', '/predict/')).toMatchObject({
    error: {
      message: 'Input features were not valid',
      facts: {
        detail: [
          { field: 'items', message: 'must be a whole number' },
          { field: 'express', message: 'must be true or false' },
        ],
      },
    },
  })
})

test('an error of a model for one row names the feature, or is left as it is', () => {
  const refused = rowError(new InputError('is not known', { field: 'colour' }), info.features)
  expect(refused).toMatchObject({
    code: 'invalid_features',
    facts: { detail: [{ field: 'colour', message: 'is not known' }] },
  })
  const other = new Error('It broke')
  expect(rowError(other, info.features)).toBe(other)
  expect(instancesError(other, 0)).toBe(other)
})
