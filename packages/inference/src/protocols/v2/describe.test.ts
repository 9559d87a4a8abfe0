import { expect, test } from 'vitest'
import { features, modelWith, numbersNamed, twoNumbers } from '../../../test/v2-requests.ts'
import type { ListedModel, ModelState, NamedModel, Written } from '../protocol.ts'
import { writeModel, writeModelReady } from './describe-model.ts'
import { writeIndex, writeReady } from './describe-server.ts'

const jsonOf = ({ body }: Written) => JSON.parse(new TextDecoder().decode(body))
const state = (model: NamedModel, ready = true): ModelState => ({
  ...model,
  ready,
  versions: ['1', '2'],
})
const serverOf = (...models: readonly ListedModel[]) => ({ version: '1', ready: true, models })
const request = (body: string) => ({ body: new TextEncoder().encode(body), headers: {} })

test('a model of numbers takes one tensor', () => {
  expect(jsonOf(writeModel(state(twoNumbers)))).toEqual({
    name: 'dsapi',
    versions: ['1', '2'],
    platform: 'dsapi_logistic-regression',
    inputs: [{ name: 'input', datatype: 'FP64', shape: [-1, 2] }],
    outputs: [
      { name: 'predict', datatype: 'INT64', shape: [-1] },
      { name: 'predict_proba', datatype: 'FP64', shape: [-1, 2] },
    ],
  })
})

test('a model of several types takes a tensor for each feature, with floating point where a value may be missing', () => {
  const { inputs } = jsonOf(writeModel(state(modelWith(features))))
  expect(inputs).toEqual([
    { name: 'age', datatype: 'FP64', shape: [-1, 1] },
    { name: 'city', datatype: 'BYTES', shape: [-1, 1] },
    { name: 'member', datatype: 'BOOL', shape: [-1, 1] },
  ])
})

test('a regressor of single precision', () => {
  const model = modelWith(numbersNamed('a'), { type: 'values', names: ['low', 'high'] }, 'float32')
  expect(jsonOf(writeModel(state(model)))).toMatchObject({
    inputs: [{ name: 'input', datatype: 'FP32', shape: [-1, 1] }],
    outputs: [{ name: 'predict', datatype: 'FP64', shape: [-1, 2] }],
  })
})

test('what is not ready is answered 503, with an error and in members that clients look at', () => {
  const model = writeModelReady(state(twoNumbers, false))
  expect(model.status).toBe(503)
  expect(jsonOf(model)).toMatchObject({ name: 'dsapi', ready: false, error: expect.any(String) })
  const server = writeReady({ ...serverOf(), ready: false })
  expect(server.status).toBe(503)
  expect(jsonOf(server)).toMatchObject({ live: true, ready: false, error: expect.any(String) })
})

test('the index lists models with their state, or those that are ready', () => {
  const server = serverOf(state(twoNumbers), state({ ...twoNumbers, name: 'other' }, false))
  expect(jsonOf(writeIndex(server, request('')))).toMatchObject([
    { name: 'dsapi', version: '1', state: 'READY', reason: '' },
    { name: 'other', version: '1', state: 'UNAVAILABLE' },
  ])
  expect(jsonOf(writeIndex(server, request('{"ready":true}')))).toHaveLength(1)
  expect(jsonOf(writeIndex(server, request('{}')))).toHaveLength(2)
  expect(jsonOf(writeIndex(server, request('{"ready"')))).toHaveLength(2)
})
