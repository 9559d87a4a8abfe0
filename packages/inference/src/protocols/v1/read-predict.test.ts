import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { damagedOf } from '../../../test/damaged-bytes.ts'
import {
  jsonRequest,
  mixed,
  modelWith,
  numbersNamed,
  twoNumbers,
} from '../../../test/v2-requests.ts'
import type { Predictions } from '../../predictions.ts'
import type { NamedModel } from '../protocol.ts'
import { readPredict } from './read-predict.ts'

/** The rows that a request has, or what is wrong with it. */
const rowsOf = (body: unknown, model: NamedModel = twoNumbers) => {
  const read = readPredict(jsonRequest(body), model)
  if (!read.ok) return read.message
  const { nRows, numbers, texts } = read.batch
  return { nRows, numbers: [...numbers], texts }
}
const one = modelWith(numbersNamed('a'))
const nothing = Number.NaN

describe('rows', () => {
  test.each<[string, unknown, NamedModel, unknown]>([
    ['of one feature alone', { instances: [1, 2] }, one, { nRows: 2, numbers: [1, 2], texts: [] }],
    ['of one feature', { inputs: [[1], [2]] }, one, { nRows: 2, numbers: [1, 2], texts: [] }],
    [
      'of several types, with missing values',
      { instances: [[3, 'Rome', true], { member: false }, [null, null, 1]] },
      mixed,
      { nRows: 3, numbers: [3, 1, nothing, 0, nothing, 1], texts: [['Rome', null, null]] },
    ],
    [
      'in columns of several types',
      { inputs: { city: ['a', null], member: [true, [false]] } },
      mixed,
      { nRows: 2, numbers: [nothing, 1, nothing, 0], texts: [['a', null]] },
    ],
    [
      'with bytes for text',
      { instances: [{ city: { b64: 'UsO2bWU=' }, member: true }] },
      mixed,
      { nRows: 1, numbers: [nothing, 1], texts: [['Röme']] },
    ],
    [
      "with Python's words for what is missing",
      '{"instances":[{"age":NaN,"city":"NaN, Infinity","member":true}]}',
      mixed,
      { nRows: 1, numbers: [nothing, 1], texts: [['NaN, Infinity']] },
    ],
    [
      'of the last of two members with one name',
      '{"instances":[[1,2]],"instances":[[3,4]]}',
      twoNumbers,
      { nRows: 1, numbers: [3, 4], texts: [] },
    ],
    [
      'behind a byte order mark',
      '\ufeff{"instances":[[1,2]]}',
      twoNumbers,
      { nRows: 1, numbers: [1, 2], texts: [] },
    ],
  ])('%s', (_, body, model, expected) => {
    expect(rowsOf(body, model)).toEqual(expected)
  })
})

describe('a request is refused', () => {
  test.each<[unknown, string, NamedModel?]>([
    ['', 'The body is empty'],
    ['nope', 'The body is not JSON'],
    ['[1]', 'must be a JSON object that has "instances" or "inputs"'],
    ['"1"', 'must be a JSON object'],
    [{ instances: [[1, 1]], inputs: [[1, 1]] }, 'not both'],
    [{ instances: 5 }, '"instances" must be an array of rows'],
    [{ instances: null }, '"instances" must be an array of rows'],
    [{ instances: {} }, '"instances" must be an array of rows'],
    [{ inputs: 5 }, '"inputs" must be an array of rows, or an object of columns'],
    [{ instances: [1, 2] }, '"instances[0]" must be an array or an object of feature_a, feature_b'],
    [
      { instances: [[1, 1], [1]] },
      '"instances[1]" has 1 values instead of 2: feature_a, feature_b',
    ],
    [{ instances: [[1, 1, 1]] }, '"instances[0]" has 3 values instead of 2'],
    [{ instances: [[]] }, '"instances[0]" has 0 values instead of 2'],
    [{ instances: [[[1], [1]]] }, '"instances[0][0]" (feature_a) must be a finite decimal number'],
    [
      { instances: [['a', 1]] },
      '"instances[0][0]" (feature_a) must be a finite decimal number, but is a string',
    ],
    [
      { instances: [[1, '1.5']] },
      '"instances[0][1]" (feature_b) must be a finite decimal number, but is a string',
    ],
    [{ instances: [[1, true]] }, '"instances[0][1]" (feature_b) must be a finite decimal number'],
    [{ instances: [[1, null]] }, '"instances[0][1]" (feature_b) is missing (null or NaN)'],
    ['{"instances":[[1,NaN]]}', '"instances[0][1]" (feature_b) is missing (null or NaN)'],
    ['{"instances":[[1,-Infinity]]}', '"instances[0][1]" (feature_b) must be a finite'],
    ['{"instances":[[1,1e400]]}', '"instances[0][1]" (feature_b) must be a finite'],
    [{ instances: [{ feature_a: 1 }] }, '"instances[0]" lacks feature_b'],
    [{ instances: [{ feature_a: 1, feature_B: 1 }] }, 'lacks feature_b, and has feature_B'],
    [
      { instances: [{ feature_a: 1, feature_b: 1, c: 1 }] },
      '"instances[0].c" is not a feature of the model',
    ],
    [
      { instances: [{ feature_a: 1, feature_b: [1, 2] }] },
      '"instances[0].feature_b" must be a finite',
    ],
    [{ instances: [{ b64: '!' }] }, '"instances[0]" lacks feature_a, feature_b'],
    [{ instances: [[{ b64: '!' }, 1]] }, '{"b64": …} is for features of text'],
    [
      { instances: [{ city: { b64: '!' }, member: true }] },
      'is {"b64": …} without UTF-8 text in base64',
      mixed,
    ],
    [
      { instances: [{ city: { b64: '/w==' }, member: true }] },
      'is {"b64": …} without UTF-8 text in base64',
      mixed,
    ],
    [{ instances: [{ city: 5, member: true }] }, 'must be text, but is a number', mixed],
    [{ instances: [{ age: 1.5, member: true }] }, 'must be a whole number', mixed],
    [{ instances: [{ member: 2 }] }, 'must be true or false', mixed],
    [{ inputs: {} }, '"inputs" lacks feature_a, feature_b'],
    [{ inputs: { feature_a: [1] } }, '"inputs" lacks feature_b'],
    [
      { inputs: { feature_a: [1], feature_b: [1], c: [1] } },
      '"inputs.c" is not a feature of the model',
    ],
    [
      { inputs: { feature_a: [1], feature_b: [1, 2] } },
      '"inputs.feature_b" has 2 values, and the column before it 1',
    ],
    [{ inputs: { feature_a: 1, feature_b: 1 } }, '"inputs.feature_a" must be an array of values'],
    [
      { inputs: { feature_a: [1], feature_b: ['1'] } },
      '"inputs.feature_b[0]" (feature_b) must be a finite',
    ],
    [{ signature_name: 'x', instances: [[1, 1]] }, 'It has predict, predict_proba'],
    [{ signature_name: 7, instances: [[1, 1]] }, '"signature_name" must be a string'],
    [
      { inputs: [{ name: 'x', shape: [1, 2], datatype: 'FP64', data: [1, 1] }] },
      'POST /v2/models/dsapi/infer',
    ],
    [`{"instances":${'['.repeat(200)}${']'.repeat(200)}}`, '100 levels'],
  ])('%j', (body, message, model) => {
    expect(rowsOf(body, model)).toContain(message)
  })

  test('whose rows lack most of a thousand features that may be missing', () => {
    const wide = modelWith(
      Array.from({ length: 1000 }, (_, k) => ({ name: `f${k}`, type: 'number', nullable: true })),
    )
    const rows = (count: number) => ({ instances: Array.from({ length: count }, () => ({})) })
    expect(rowsOf(rows(100), wide)).toMatchObject({ nRows: 100 })
    expect(rowsOf(rows(100_000), wide)).toContain('too many rows')
  })
})

const answerTo = (body: object, predictions: Predictions, model: NamedModel) => {
  const read = readPredict(jsonRequest(body), model)
  if (!read.ok) throw new Error(read.message)
  return JSON.parse(new TextDecoder().decode(read.write(predictions).body))
}

describe('a regressor answers', () => {
  const oneValue = modelWith(numbersNamed('a'), { type: 'values', names: ['y'] })
  const two = modelWith(numbersNamed('a'), { type: 'values', names: ['low', 'high'] })
  const values = Float64Array.of(1.5, -2)

  test('with its value', () => {
    const predictions = { type: 'values', nRows: 2, names: ['y'], values } as const
    expect(answerTo({ instances: [1, 2] }, predictions, oneValue)).toEqual({
      predictions: [1.5, -2],
    })
  })

  test('with several values by their names', () => {
    const predictions = { type: 'values', nRows: 1, names: ['low', 'high'], values } as const
    expect(answerTo({ instances: [1] }, predictions, two)).toEqual({
      predictions: [{ low: 1.5, high: -2 }],
    })
    expect(answerTo({ inputs: { a: [1] } }, predictions, two)).toEqual({
      outputs: { low: [1.5], high: [-2] },
    })
  })

  test('with no probabilities', () => {
    expect(rowsOf({ signature_name: 'predict_proba', instances: [1] }, oneValue)).toContain(
      'It has predict',
    )
  })
})

test('bytes that are cut, flipped or repeated are refused, or are rows of the right shape', () => {
  const requests = [
    [jsonRequest({ instances: [[1, -2.5], { feature_a: 3e2, feature_b: 4 }] }), twoNumbers],
    [jsonRequest({ inputs: { feature_a: [1, 2], feature_b: [[3], 4] } }), twoNumbers],
    [jsonRequest({ signature_name: 'predict', instances: [[1, 'é', true]] }), mixed],
    [jsonRequest({ inputs: { city: ['a', { b64: 'YQ==' }], member: [true, 0] } }), mixed],
  ] as const
  fc.assert(
    fc.property(damagedOf(requests), ({ request, model }) => {
      const read = readPredict(request, model)
      if (!read.ok) return void expect(read.message).not.toBe('')
      const { nRows, numbers, texts } = read.batch
      const { features } = model.info
      const ofText = features.filter(({ type }) => type === 'text')
      expect(numbers.length).toBe(nRows * (features.length - ofText.length))
      expect(texts.map(({ length }) => length)).toEqual(ofText.map(() => nRows))
      expect(numbers.every((number) => Number.isFinite(number) || model === mixed)).toBe(true)
    }),
    { numRuns: 3000 },
  )
})

test('any bytes and any JSON are refused', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
      expect(readPredict(jsonRequest(text), twoNumbers).ok).toBe(false)
    }),
  )
})
