import { describe, expect, test } from 'vitest'
import {
  features,
  jsonRequest,
  mixed,
  modelWith,
  rows,
  rowsOf,
  tensor,
} from '../../../test/v2-requests.ts'

describe('one tensor has all features', () => {
  test.each([
    ['flat', tensor({})],
    [
      'as rows',
      tensor({
        data: [
          [1, 2],
          [3, 4],
        ],
      }),
    ],
    ['under any name', tensor({ name: 'x' })],
    ['as integers', tensor({ datatype: 'INT8' })],
    ['as integers of 64 bits', tensor({ datatype: 'UINT64' })],
    [
      'with parameters that nobody knows',
      { ...tensor({}), parameters: { triton_x: 1, priority: 2 } },
    ],
    ['with members that nobody knows', { ...tensor({ extra: [] }), model_name: 'dsapi' }],
    ['with members that are null', { ...tensor({ parameters: null }), id: null, outputs: null }],
  ])('%s', (_, json) => {
    expect(rowsOf(jsonRequest(json))).toEqual(rows)
  })

  test('with no rows', () => {
    const none = jsonRequest(tensor({ shape: [0, 2], data: [] }))
    expect(rowsOf(none)).toEqual({ nRows: 0, numbers: [], texts: [] })
  })

  test('as true and false', () => {
    const json = tensor({ shape: [1, 2], datatype: 'BOOL', data: [true, false] })
    expect(rowsOf(jsonRequest(json))).toEqual({ nRows: 1, numbers: [1, 0], texts: [] })
  })

  test('as texts, where all features are texts', () => {
    const texts = modelWith(features.slice(1, 2).concat({ ...features[1], name: 'street' }))
    const json = tensor({ datatype: 'BYTES', data: ['a', 'b', null, ''] })
    expect(rowsOf(jsonRequest(json), texts)).toEqual({
      nRows: 2,
      numbers: [],
      texts: [
        ['a', null],
        ['b', ''],
      ],
    })
  })

  test('in single precision, as a client that sends singles means it', () => {
    const json = tensor({ shape: [1, 2], datatype: 'FP32', data: [0.1, 0.2] })
    expect(rowsOf(jsonRequest(json))).toMatchObject({ numbers: [...Float32Array.of(0.1, 0.2)] })
  })
})

describe('each feature has a tensor of its own', () => {
  const column = (
    name: string,
    datatype: string,
    data: readonly unknown[],
    shape = [data.length],
  ) => ({
    name,
    datatype,
    shape,
    data,
  })

  test('by name, in any order, as [N] or as [N, 1]', () => {
    const inputs = [
      column('feature_b', 'INT32', [[2], [4]], [2, 1]),
      column('feature_a', 'FP32', [1, 3]),
    ]
    expect(rowsOf(jsonRequest({ inputs }))).toEqual(rows)
  })

  test('texts, numbers and what is missing', () => {
    const inputs = [
      column('member', 'BOOL', [true, false]),
      column('age', 'FP64', [42, null]),
      column('city', 'BYTES', [null, 'Köln']),
    ]
    expect(rowsOf(jsonRequest({ inputs }), mixed)).toEqual({
      nRows: 2,
      numbers: [42, 1, Number.NaN, 0],
      texts: [[null, 'Köln']],
    })
  })

  test('a feature without a tensor is missing where it may be', () => {
    const inputs = [column('member', 'BOOL', [true])]
    expect(rowsOf(jsonRequest({ inputs }), mixed)).toEqual({
      nRows: 1,
      numbers: [Number.NaN, 1],
      texts: [[null]],
    })
  })

  test.each([
    [
      'a feature is lacking',
      [column('age', 'INT8', [1]), column('city', 'BYTES', ['a'])],
      'no input for the feature "member"',
    ],
    [
      'a name is unknown',
      [column('member', 'BOOL', [true]), column('ages', 'INT8', [1])],
      '"inputs[1].name" is "ages", which is no feature',
    ],
    [
      'a name comes twice',
      [column('member', 'BOOL', [true]), column('member', 'BOOL', [true])],
      '"inputs[1].name" is "member" a second time',
    ],
    [
      'there are other numbers of rows',
      [column('member', 'BOOL', [true]), column('age', 'INT8', [1, 2])],
      '"inputs[1].shape" has 2 rows',
    ],
    [
      'a number is no whole one',
      [column('member', 'BOOL', [true]), column('age', 'FP64', [1.5])],
      '"inputs[1].data[0]" must be a whole number',
    ],
    [
      'a flag is no flag',
      [column('member', 'INT8', [2]), column('age', 'INT8', [1])],
      '"inputs[0].data[0]" must be true or false',
    ],
    [
      'a text is a number',
      [column('member', 'BOOL', [true]), column('city', 'INT8', [1])],
      'the model expects text: send BYTES',
    ],
  ])('it is refused when %s', (_, inputs, message) => {
    expect(rowsOf(jsonRequest({ inputs }), mixed)).toContain(message)
  })
})

test('NaN is read as missing, as clients in Python write it', () => {
  const nullable = modelWith([{ name: 'a', type: 'number', nullable: true }])
  const text = '{"inputs":[{"name":"a","shape":[3],"datatype":"FP64","data":[NaN, 1,null]}]}'
  expect(rowsOf(jsonRequest(text), nullable)).toMatchObject({
    numbers: [Number.NaN, 1, Number.NaN],
  })
  expect(rowsOf(jsonRequest(text.replace('NaN', '-Infinity')), nullable)).toContain(
    '"inputs[0].data[0]" must be a finite number',
  )
  expect(rowsOf(jsonRequest(text.replace('"FP64"', 'NaN')), nullable)).toContain('is not JSON')
})

test.each([
  ['no JSON', '{', 'The body is not JSON: '],
  ['nothing', '', 'The body is empty, which is not JSON'],
  ['an array', '[]', 'must be a JSON object that has "inputs"'],
  ['something behind the object', '{"inputs":[]}x', 'The body is not JSON: '],
  ['too deep', `{"inputs":${'['.repeat(200)}`, 'nested more than 100 levels deep'],
  ['no inputs', {}, '"inputs" is missing'],
  ['a body of KServe V1', { instances: [[1, 1]] }, 'POST /v1/models/dsapi:predict'],
  ['inputs that are no array', { inputs: {} }, '"inputs" must be an array'],
  ['an empty array of inputs', { inputs: [] }, '"inputs" must have at least one input'],
  ['an input that is no object', { inputs: [1] }, '"inputs[0]" must be an object'],
  ['no name', tensor({ name: undefined }), '"inputs[0].name" is missing'],
  ['no shape', tensor({ shape: undefined }), '"inputs[0].shape" is missing'],
  ['no datatype', tensor({ datatype: undefined }), '"inputs[0].datatype" is missing'],
  ['no data', tensor({ data: undefined }), '"inputs[0].data" is missing'],
  ['data that is no array', tensor({ data: 1 }), '"inputs[0].data" must be an array'],
  ['an unknown datatype', tensor({ datatype: 'FLOAT' }), 'must be one of BOOL, UINT8,'],
  ['FP16, which JSON does not have', tensor({ datatype: 'FP16' }), 'send it as a binary tensor'],
  ['BYTES for numbers', tensor({ datatype: 'BYTES' }), 'is BYTES, and the model expects numbers'],
  ['too few elements', tensor({ data: [1, 2, 3] }), 'shape [2,2] takes 4 elements, data has 3'],
  [
    'too many elements',
    tensor({ data: [1, 2, 3, 4, 5] }),
    'shape [2,2] takes 4 elements, data has 5',
  ],
  [
    'rows that are too short',
    tensor({ data: [[1], [2], [3], [4]] }),
    '"inputs[0].data[0]" has 1 elements',
  ],
  ['swapped axes', tensor({ shape: [1, 2], data: [[1], [2]] }), 'contradicts the shape [1,2]'],
  ['rows and elements', tensor({ data: [[1, 2], 3, 4] }), 'mixes elements and rows'],
  [
    'rows of rows',
    tensor({
      data: [
        [[1], [2]],
        [3, 4],
      ],
    }),
    '"inputs[0].data[0][0]" must be a number',
  ],
  ['a negative length', tensor({ shape: [2, -5] }), '"inputs[0].shape" must be'],
  ['a length beyond all', tensor({ shape: [1e300, 2] }), '"inputs[0].shape" must be'],
  ['more rows than there are', tensor({ shape: [2 ** 52, 2] }), 'data has 4'],
  ['other features', tensor({ shape: [1, 3] }), 'input "input" must have the shape [-1,2]'],
  ['a row without its dimension', tensor({ shape: [2] }), 'must have the shape [-1,2]'],
  [
    'a text among numbers',
    tensor({ data: [1, 'a', 3, 4] }),
    '"inputs[0].data[1]" must be a number',
  ],
  [
    'a number as text in a row',
    tensor({
      data: [
        [1, 2],
        ['3', 4],
      ],
    }),
    '"inputs[0].data[1][0]" must be a number',
  ],
  ['null', tensor({ data: [1, null, 3, 4] }), '"inputs[0].data[1]" is missing'],
  ['a flag among numbers', tensor({ data: [1, true, 3, 4] }), 'must be a number'],
  ['a number for a flag', tensor({ datatype: 'BOOL' }), 'must be true or false'],
  [
    'a fraction for an integer',
    tensor({ datatype: 'INT64', data: [1, 1.5, 3, 4] }),
    'must be a whole number',
  ],
  ['more than INT8 holds', tensor({ datatype: 'INT8', data: [1, 128, 3, 4] }), 'from -128 to 127'],
  ['less than UINT8 holds', tensor({ datatype: 'UINT8', data: [1, -1, 3, 4] }), 'from 0 to 255'],
  [
    'more than JSON holds exactly',
    tensor({ datatype: 'INT64', data: [1, 2 ** 53, 3, 4] }),
    'a binary tensor takes larger ones',
  ],
  [
    'more than FP32 holds',
    tensor({ datatype: 'FP32', data: [1, 1e39, 3, 4] }),
    'in the range of FP32',
  ],
  ['an id that is no text', { ...tensor({}), id: 7 }, '"id" must be a string'],
  ['parameters that are none', { ...tensor({}), parameters: [] }, '"parameters" must be an object'],
  [
    'an output that is none',
    { ...tensor({}), outputs: [{ name: 'nope' }] },
    'It has predict, predict_proba',
  ],
  ['an output without a name', { ...tensor({}), outputs: [{}] }, '"outputs[0].name" is missing'],
  [
    'an output twice',
    { ...tensor({}), outputs: [{ name: 'predict' }, { name: 'predict' }] },
    'a second time',
  ],
  [
    'classification of classes',
    { ...tensor({}), outputs: [{ name: 'predict', parameters: { classification: 1 } }] },
    'is for the output predict_proba',
  ],
  ['shared memory', tensor({ parameters: { shared_memory_region: 'r' } }), 'is not supported'],
  ['data and a binary size', tensor({ parameters: { binary_data_size: 32 } }), 'not both'],
  [
    'a binary size as text',
    tensor({ data: undefined, parameters: { binary_data_size: '16' } }),
    '"inputs[0].parameters.binary_data_size" must be a whole number',
  ],
])('a body with %s is refused', (_, json, message) => {
  expect(rowsOf(jsonRequest(json))).toContain(message)
})

test('bytes that are not UTF-8 are refused', () => {
  const body = Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d)
  expect(rowsOf({ body, headers: {} })).toBe('The body is not UTF-8')
})

test('a name that every object has is a name as any other', () => {
  const request = jsonRequest('{"__proto__":{"inputs":1},"inputs":[{"__proto__":{"name":"a"}}]}')
  expect(rowsOf(request)).toBe('"inputs[0].name" is missing')
})
