import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DsapiError } from '../dsapi-error.ts'
import { bytesToTensor, tensorToBytes } from './binary-tensor.ts'
import { jsonToTensor, tensorToJson } from './json-tensor.ts'
import { readAnswer } from './read-answer.ts'
import type { Tensor } from './tensor.ts'
import { writeRequest } from './write-request.ts'

const of = <D extends Tensor['datatype']>(datatype: D, data: Tensor['data']) =>
  ({ datatype, shape: [data.length], data }) as Tensor
const bool = fc.uint8Array({ max: 1 })
const int64 = fc.array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }))

const tensors = fc.oneof(
  bool.map((data) => of('BOOL', Uint8Array.from(data))),
  fc.uint8Array().map((data) => of('UINT8', Uint8Array.from(data))),
  fc.int16Array().map((data) => of('INT16', Int16Array.from(data))),
  fc.uint32Array().map((data) => of('UINT32', Uint32Array.from(data))),
  fc
    .float32Array({ noNaN: true, noDefaultInfinity: true })
    .map((data) => of('FP32', Float32Array.from(data))),
  fc.float64Array({ noDefaultInfinity: true }).map((data) => of('FP64', Float64Array.from(data))),
  int64.map((data) => of('INT64', BigInt64Array.from(data))),
  fc.array(fc.string({ unit: 'grapheme' })).map((data) => of('BYTES', data)),
)

const withoutMinusZero = (tensor: Tensor): Tensor =>
  tensor.datatype === 'FP32' || tensor.datatype === 'FP64'
    ? ({ ...tensor, data: tensor.data.map((value) => value + 0) } as Tensor)
    : tensor

describe('a tensor', () => {
  test('is the same in binary form, wherever it begins', () => {
    fc.assert(
      fc.property(tensors, fc.nat(8), (tensor, offset) => {
        const bytes = tensorToBytes(tensor)
        const all = new Uint8Array(offset + bytes.length)
        all.set(bytes, offset)
        const { datatype, shape } = tensor
        expect(bytesToTensor(datatype, shape, all.subarray(offset))).toEqual(tensor)
      }),
    )
  })

  test('is the same in JSON, as far as its numbers are doubles', () => {
    fc.assert(
      fc.property(tensors, (tensor) => {
        const { datatype, shape, data } = tensor
        const isSafe = (value: unknown) =>
          typeof value !== 'bigint' || BigInt(Number(value)) === value
        fc.pre(Array.from<unknown>(data).every(isSafe))
        const json: unknown = JSON.parse(tensorToJson(tensor))
        expect(jsonToTensor(datatype, shape, json)).toEqual(withoutMinusZero(tensor))
      }),
    )
  })

  test('is neither copied when it is written nor when it is read where it is aligned', () => {
    const data = Float32Array.of(1, 2, 3)
    const bytes = tensorToBytes({ datatype: 'FP32', shape: [3], data })
    expect(bytes.buffer).toBe(data.buffer)
    expect(bytesToTensor('FP32', [3], bytes)?.data).toHaveProperty('buffer', data.buffer)
  })
})

test('a request has its first tensor where a server can read it without a copy', () => {
  const input = { name: 'x', datatype: 'FP64', shape: [1], data: Float64Array.of(1) } as const
  for (const id of ['', 'a', 'ab', 'abc', 'abcd', 'abcde', 'abcdef', 'abcdefg']) {
    const { headers, body } = writeRequest({ inputs: [input], id })
    const length = Number(headers['inference-header-content-length'])
    expect(length % 8).toBe(0)
    expect(JSON.parse(new TextDecoder().decode(body.subarray(0, length)))).toMatchObject({ id })
    expect(new Float64Array(body.buffer, length)).toEqual(input.data)
  }
})

test('whatever is answered is read, or refused as no answer of the protocol', async () => {
  const output = {
    name: fc.constant('a'),
    datatype: fc.constantFrom('FP32', 'BYTES', 'INT64', 'BOOL', 'X'),
    shape: fc.array(fc.integer({ min: -1, max: 3 }), { maxLength: 2 }),
    data: fc.jsonValue(),
    parameters: fc.oneof(
      fc.record({ binary_data_size: fc.integer({ min: -1, max: 20 }) }),
      fc.jsonValue(),
    ),
  }
  const json = fc.record({ outputs: fc.array(fc.record(output, { requiredKeys: [] })) })
  await fc.assert(
    fc.asyncProperty(
      json,
      fc.uint8Array(),
      fc.integer({ min: -5, max: 5 }),
      async (head, tail, off) => {
        const text = JSON.stringify(head)
        const body = new Blob([text, Uint8Array.from(tail)])
        const length = String(new Blob([text]).size + off)
        const headers = { 'inference-header-content-length': length }
        const read = readAnswer(new Response(body, { headers }))
        const error = await read.then(
          () => undefined,
          (error: unknown) => error,
        )
        if (error !== undefined) expect(error).toBeInstanceOf(DsapiError)
      },
    ),
  )
})
