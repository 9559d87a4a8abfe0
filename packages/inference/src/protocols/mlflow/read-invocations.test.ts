import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { damagedOf } from '../../../test/damaged-bytes.ts'
import {
  features,
  jsonRequest,
  mixed,
  modelWith,
  numbersNamed,
  twoNumbers,
} from '../../../test/v2-requests.ts'
import type { NamedModel, ProtocolRequest } from '../protocol.ts'
import { readInvocations } from './read-invocations.ts'

const json = (body: unknown): ProtocolRequest => ({
  ...jsonRequest(body),
  headers: { 'content-type': 'application/json' },
})
const csv = (text: string): ProtocolRequest => ({
  ...jsonRequest(text),
  headers: { 'content-type': 'text/csv' },
})

/** The rows that a request has, or what is wrong with it. */
const rowsOf = (request: ProtocolRequest, model: NamedModel = twoNumbers) => {
  const read = readInvocations(request, model)
  if (!read.ok) return read.message
  const { nRows, numbers, texts } = read.batch
  return { nRows, numbers: [...numbers], texts }
}
const nothing = Number.NaN
const rows = { nRows: 1, numbers: [1, 2], texts: [] }
const none = { nRows: 0, numbers: [], texts: [] }
const one = modelWith(numbersNamed('a'))

describe('a table is', () => {
  test.each<[string, unknown]>([
    [
      'split',
      { dataframe_split: { columns: ['feature_b', 'feature_a'], index: [0], data: [[2, 1]] } },
    ],
    [
      'split, among other columns',
      {
        dataframe_split: {
          columns: ['x', 'feature_b', 'feature_a', 'x'],
          data: [['y', 2, 1, null]],
        },
      },
    ],
    ['split, without names', { dataframe_split: { data: [[1, 2]] } }],
    ['split, with numbers for names', { dataframe_split: { columns: [0, 1], data: [[1, 2]] } }],
    ['records', { dataframe_records: [{ feature_b: 2, feature_a: 1, extra: 5 }] }],
    ['instances', { instances: [[1, 2]] }],
    ['named instances', { instances: [{ feature_b: 2, feature_a: 1, extra: 5 }] }],
    ['inputs', { inputs: [[1, 2]] }],
    ['columns', { inputs: { feature_b: [2], feature_a: [[1]], extra: ['x', 'y'] } }],
    ['beside other members', { inputs: [[1, 2]], signature_name: 5, params: { top_k: 3 } }],
    ['of the last of two members with one name', '{"inputs":[[3,4]],"inputs":[[1,2]]}'],
  ])('%s', (_, body) => {
    expect(rowsOf(json(body))).toEqual(rows)
  })

  test.each<[string, string]>([
    ['CSV', 'feature_a,feature_b\n1,2\n'],
    ['CSV with other columns and line ends', 'x,feature_b, feature_a \r\n"a, b",2, 1 \r\n'],
    ['CSV behind a byte order mark, without an end', '\ufefffeature_a,feature_b\n\n1,2'],
    ['CSV in quotes', '"feature_a","feature_b"\n"1","2"\n'],
  ])('%s', (_, text) => {
    expect(rowsOf(csv(text))).toEqual(rows)
  })

  test.each<[string, ProtocolRequest, unknown, NamedModel?]>([
    [
      'without rows, split',
      json({ dataframe_split: { columns: ['feature_a', 'feature_b'], data: [] } }),
      none,
    ],
    ['without rows, of records', json({ dataframe_records: [] }), none],
    ['without rows, of instances', json({ instances: [] }), none],
    ['without rows, of CSV', csv('feature_a,feature_b\n'), none],
    ['of one feature', json({ inputs: [1, 2] }), { nRows: 2, numbers: [1, 2], texts: [] }, one],
    [
      'of several types with what is missing',
      json({
        dataframe_records: [
          { age: 3, member: true },
          { city: 'a', member: 0 },
        ],
      }),
      { nRows: 2, numbers: [3, 1, nothing, 0], texts: [[null, 'a']] },
      mixed,
    ],
    [
      'with the words of pandas for what is missing',
      csv('age,city,member\nNA,,True\n3,"x, y",false\nnull,NaN,1\n'),
      { nRows: 3, numbers: [nothing, 1, 3, 0, nothing, 1], texts: [[null, 'x, y', null]] },
      mixed,
    ],
    [
      'with a text that may not be missing',
      csv('city\nNA\n'),
      { nRows: 1, numbers: [], texts: [['NA']] },
      modelWith([{ ...features[1], nullable: false }]),
    ],
    [
      'without columns that may be missing',
      csv('member\ntrue\n'),
      { nRows: 1, numbers: [nothing, 1], texts: [[null]] },
      mixed,
    ],
    [
      "with Python's words for numbers that JSON does not have",
      json('{"inputs":{"age":[NaN],"member":[true]}}'),
      { nRows: 1, numbers: [nothing, 1], texts: [[null]] },
      mixed,
    ],
  ])('%s', (_, request, expected, model) => {
    expect(rowsOf(request, model)).toEqual(expected)
  })
})

describe('a request is refused', () => {
  test.each<[unknown, string, NamedModel?]>([
    ['', 'The body is empty'],
    ['this is,,,, not valid json', 'The body is not JSON'],
    ['[1]', 'is an array. Send {"dataframe_records": […]}'],
    ['1', 'must be a JSON object with one of "dataframe_split"'],
    ['"1"', 'must be a JSON object with one of "dataframe_split"'],
    [{}, 'and is empty'],
    [{ not: 'a serialized dataframe' }, 'and has "not"'],
    [{ columns: ['a'], data: [[1]] }, 'sent as {"dataframe_split": {…}}'],
    [{ messages: [] }, 'and has "messages"'],
    [
      { dataframe_records: [], dataframe_split: {} },
      'has both "dataframe_split" and "dataframe_records"',
    ],
    [{ dataframe_split: [] }, '"dataframe_split" must be an object'],
    [{ dataframe_split: {} }, '"dataframe_split.data" is missing'],
    [{ dataframe_split: { data: [[1, 1]], extra: 1 } }, '"dataframe_split.extra" is not a member'],
    [{ dataframe_split: { data: 5 } }, '"dataframe_split.data" must be an array of rows'],
    [
      { dataframe_split: { columns: 'ab', data: [] } },
      '"dataframe_split.columns" must be an array of names',
    ],
    [
      { dataframe_split: { columns: ['feature_a', 'feature_a', 'feature_b'], data: [] } },
      'has the column "feature_a" twice',
    ],
    [
      { dataframe_split: { columns: ['feature_b', 'feature_a'], data: [[1, 'a']] } },
      '"dataframe_split.data[0][1]" (feature_a) must be a finite decimal number, but is a string',
    ],
    [{ dataframe_records: {} }, '"dataframe_records" must be an array of records'],
    [
      { dataframe_records: [[1, 1]] },
      '"dataframe_records[0]" must be an object of feature_a, feature_b',
    ],
    [
      { dataframe_records: [{ feature_a: 1, feature_b: '1' }] },
      '"dataframe_records[0].feature_b" must be a finite',
    ],
    [
      { dataframe_records: [{ feature_a: 1, feature_b: null }] },
      '"dataframe_records[0].feature_b" is missing',
    ],
    [{ inputs: 5 }, '"inputs" must be an array of rows'],
    [{ inputs: { feature_a: [1, 2], feature_b: [1] } }, 'has 1 values, and the column before it 2'],
    [{ inputs: [1, 1] }, '"inputs[0]" must be an array or an object'],
    [`{"instances":${'['.repeat(200)}${']'.repeat(200)}}`, '100 levels'],
  ])('%j', (body, message, model) => {
    const read = readInvocations(json(body), model ?? twoNumbers)
    expect(read).toMatchObject({ ok: false, message: expect.stringContaining(message) })
    expect(read).not.toHaveProperty('errorName')
  })

  test.each<[unknown, string]>([
    [
      { dataframe_split: { columns: ['feature_a', 'feature_b'], data: [[1]] } },
      '"dataframe_split.data[0]" has 1 values instead of 2',
    ],
    [{ dataframe_split: { columns: ['feature_a'], data: [[1]] } }, 'lacks the columns feature_b'],
    [{ dataframe_split: { data: [[1, 1, 1]] } }, 'has 3 values instead of 2'],
    [{ dataframe_split: { data: [[1]] } }, 'has 1 values instead of 2'],
    [{ dataframe_records: [{ feature_a: 1 }] }, '"dataframe_records[0]" lacks feature_b'],
    [{ inputs: { feature_a: [1] } }, '"inputs" lacks feature_b'],
    [{ inputs: {} }, '"inputs" lacks feature_a, feature_b'],
    [{ inputs: [[1, 1]], params: { predict_method: 'nope' } }, 'must be predict or predict_proba'],
    [{ inputs: [[1, 1]], params: { predict_method: 7 } }, 'must be predict or predict_proba'],
    [{ inputs: [[1, 1]], params: [] }, '"params" must be an object'],
  ])('as no match for the model: %j', (body, message) => {
    expect(readInvocations(json(body), twoNumbers)).toMatchObject({
      ok: false,
      message: expect.stringContaining(message),
      errorName: 'INVALID_PARAMETER_VALUE',
    })
  })

  test.each<[string, string, NamedModel?]>([
    ['', 'The body is empty'],
    ['1,1\n', 'The header of the CSV lacks the columns feature_a, feature_b'],
    ['feature_a\n1\n', 'The header of the CSV lacks the columns feature_b'],
    ['feature_a,feature_b,feature_a\n1,1,1\n', 'has the column "feature_a" twice'],
    ['feature_a,feature_b\n1\n', 'The line 2 of the CSV has 1 values instead of 2'],
    [
      'feature_a,feature_b\n1,2\nx,2\n',
      'The column feature_a in line 3 of the CSV must be a finite',
    ],
    ['feature_a,feature_b\n1,\n', 'The column feature_b in line 2 of the CSV is missing'],
    ['feature_a,feature_b\n1,inf\n', 'must be a finite'],
    ['feature_a,feature_b\n1,1e999\n', 'must be a finite'],
    ['feature_a,feature_b\n"1,2\n', 'The body is not valid CSV'],
    [
      'age,city,member\n1,a,2\n',
      'The column member in line 2 of the CSV must be true or false',
      mixed,
    ],
  ])('of the CSV %j', (text, message, model) => {
    expect(rowsOf(csv(text), model)).toContain(message)
  })

  test.each([
    ['another type', 'not_a_supported_content_type', 'application/json or text/csv'],
    ["curl's type of forms", 'application/x-www-form-urlencoded', 'application/json or text/csv'],
    ['another parameter', 'application/json; something=something', 'unknown parameter "something"'],
    ['the form of MLflow 1', 'application/json; format=pandas-split', '{"dataframe_split": …}'],
    ['another charset', 'application/json; charset=latin-1', 'must be UTF-8'],
    ['no type', undefined, 'must have a Content-Type'],
  ])('for %s', (_, type, message) => {
    const request = { ...json({ inputs: [[1, 1]] }), headers: { 'content-type': type } }
    expect(readInvocations(request, twoNumbers)).toMatchObject({
      ok: false,
      status: 415,
      message: expect.stringContaining(message),
    })
  })

  test('whose bytes are not UTF-8', () => {
    const body = Uint8Array.of(0x66, 0xff, 0x0a)
    for (const request of [json(''), csv('')]) {
      expect(rowsOf({ ...request, body })).toMatch(/not (UTF-8|JSON)/)
    }
  })

  test('whose rows lack most of a thousand features that may be missing', () => {
    const wide = modelWith(
      Array.from({ length: 1000 }, (_, k) => ({ name: `f${k}`, type: 'number', nullable: true })),
    )
    expect(rowsOf(csv(`f0\n${'1\n'.repeat(100)}`), wide)).toMatchObject({ nRows: 100 })
    expect(rowsOf(csv(`f0\n${'1\n'.repeat(100_000)}`), wide)).toContain('too many rows')
    expect(rowsOf(json({ inputs: { f0: new Array(100_000).fill(1) } }), wide)).toContain('too many')
  })
})

test.each([
  'application/json; charset=UTF-8',
  'Application/JSON;charset="utf-8"',
  'application/json;',
])('the Content-Type may be %s', (type) => {
  const request = { ...json({ inputs: [[1, 2]] }), headers: { 'content-type': type } }
  expect(rowsOf(request)).toEqual(rows)
})

describe('on SageMaker', () => {
  const there = (text: string) => rowsOf({ ...csv(text), platform: 'sagemaker' })

  test('CSV of numbers needs no header', () => {
    expect(there('1,2\n')).toEqual(rows)
    expect(there('1,2\n3,4')).toMatchObject({ nRows: 2 })
    expect(there('feature_b,feature_a\n2,1\n')).toEqual(rows)
  })

  test('a first line that is not of numbers alone is a header', () => {
    expect(there('1,x\n')).toContain('The header of the CSV lacks')
    expect(there('1,2,3\n')).toContain('The line 1 of the CSV has 3 values instead of 2')
  })
})

test('bytes that are cut, flipped or repeated are refused, or are rows of the right shape', () => {
  const requests = [
    [
      json({
        dataframe_split: {
          columns: ['feature_b', 'x', 'feature_a'],
          index: [0],
          data: [[1, 'y', -2.5]],
        },
      }),
      twoNumbers,
    ],
    [json({ dataframe_records: [{ age: 3, city: 'é', member: true }] }), mixed],
    [
      json({ inputs: { city: ['a'], member: [true] }, params: { predict_method: 'predict' } }),
      mixed,
    ],
    [csv('feature_a,feature_b\n1,2\n"3",4\n'), twoNumbers],
    [{ ...csv('1,2\n3,4\n'), platform: 'sagemaker' }, twoNumbers],
    [csv('city,age,member\n"x, ""y""",NA,True\n'), mixed],
  ] as const
  fc.assert(
    fc.property(damagedOf(requests), ({ request, model }) => {
      const read = readInvocations(request, model)
      if (!read.ok) return void expect(read.message).not.toBe('')
      const { nRows, numbers, texts } = read.batch
      const ofText = model.info.features.filter(({ type }) => type === 'text')
      expect(numbers.length).toBe(nRows * (model.info.features.length - ofText.length))
      expect(texts.map(({ length }) => length)).toEqual(ofText.map(() => nRows))
      expect(numbers.every((number) => Number.isFinite(number) || model === mixed)).toBe(true)
    }),
    { numRuns: 3000 },
  )
})

test('any text, any JSON and any Content-Type are refused', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), fc.boolean(), (text, isCsv) => {
      expect(readInvocations(isCsv ? csv(text) : json(text), twoNumbers).ok).toBe(false)
    }),
  )
  fc.assert(
    fc.property(fc.string(), (type) => {
      const request = { ...json({ inputs: [[1, 2]] }), headers: { 'content-type': type } }
      expect(readInvocations(request, twoNumbers).ok).toBe(false)
    }),
  )
})
