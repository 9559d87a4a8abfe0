import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { binaryRequest, jsonRequest, modelWith, numbersNamed } from '../../../test/v2-requests.ts'
import type { ProtocolRequest } from '../protocol.ts'
import { readInfer } from './read-infer.ts'

const one = modelWith(numbersNamed('a'))
const text = modelWith([{ name: 'a', type: 'text', nullable: false }])

const readWith = (request: ProtocolRequest, model = one) => {
  const read = readInfer(request, model)
  if (!read.ok) throw new Error(read.message)
  return read.batch
}

const column = (datatype: string, length: number, members: object) => ({
  inputs: [{ name: 'a', datatype, shape: [length], ...members }],
})

const double = fc.double({ noNaN: true, noDefaultInfinity: true })
const single = fc.float({ noNaN: true, noDefaultInfinity: true })
const integer = (min: number, max: number) => fc.integer({ min, max })
const safe = fc.maxSafeInteger()

type View = ArrayBufferView & { readonly length: number }

/** For each datatype: its values, and how NumPy lays them out. */
const numeric: readonly (readonly [string, fc.Arbitrary<number>, (values: number[]) => View])[] = [
  ['UINT8', integer(0, 255), (values) => Uint8Array.from(values)],
  ['UINT16', integer(0, 65_535), (values) => Uint16Array.from(values)],
  ['UINT32', integer(0, 2 ** 32 - 1), (values) => Uint32Array.from(values)],
  ['UINT64', fc.maxSafeNat(), (values) => BigUint64Array.from(values, BigInt)],
  ['INT8', integer(-128, 127), (values) => Int8Array.from(values)],
  ['INT16', integer(-32_768, 32_767), (values) => Int16Array.from(values)],
  ['INT32', integer(-(2 ** 31), 2 ** 31 - 1), (values) => Int32Array.from(values)],
  ['INT64', safe, (values) => BigInt64Array.from(values, BigInt)],
  ['FP32', single, (values) => Float32Array.from(values)],
  ['FP64', double, (values) => Float64Array.from(values)],
]

describe.each(numeric)('%s', (datatype, value, pack) => {
  const values = fc.array(value, { maxLength: 50 })

  test('is read as it was sent, in JSON', () => {
    fc.assert(
      fc.property(values, (data) => {
        const { numbers } = readWith(jsonRequest(column(datatype, data.length, { data })))
        expect([...numbers]).toEqual(data.map((number) => number + 0)) // JSON has no -0.
      }),
    )
  })

  test('is read as it was sent, in binary form', () => {
    fc.assert(
      fc.property(values, (data) => {
        const packed = pack(data)
        const parameters = { binary_data_size: packed.byteLength }
        const json = column(datatype, data.length, { parameters })
        expect([...readWith(binaryRequest(json, [packed])).numbers]).toEqual(data)
      }),
    )
  })
})

test('BOOL is read as it was sent', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 50 }), (data) => {
      const expected = data.map(Number)
      const packed = Uint8Array.from(expected)
      const json = column('BOOL', data.length, { data })
      const parameters = { binary_data_size: data.length }
      const binary = binaryRequest(column('BOOL', data.length, { parameters }), [packed])
      expect([...readWith(jsonRequest(json)).numbers]).toEqual(expected)
      expect([...readWith(binary).numbers]).toEqual(expected)
    }),
  )
})

test('BYTES is read as it was sent', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 20 }), (data) => {
      const encoded = data.map((each) => new TextEncoder().encode(each))
      const parts = encoded.flatMap((each) => [Uint32Array.of(each.length), each])
      const parameters = {
        binary_data_size: parts.reduce((total, { byteLength }) => total + byteLength, 0),
      }
      const json = column('BYTES', data.length, { data })
      const binary = binaryRequest(column('BYTES', data.length, { parameters }), parts)
      expect(readWith(jsonRequest(json), text).texts).toEqual([data])
      expect(readWith(binary, text).texts).toEqual([data])
    }),
  )
})

test.each([
  ['1', 0x3c00, 1],
  ['-2', 0xc000, -2],
  ['the smallest', 0x0001, 2 ** -24],
  ['the largest without a hidden bit', 0x03ff, 1023 * 2 ** -24],
  ['the smallest with one', 0x0400, 2 ** -14],
  ['the largest', 0x7bff, 65_504],
  ['-0', 0x8000, -0],
])('FP16 is read by the bits of IEEE 754: %s', (_, bits, value) => {
  const json = column('FP16', 1, { parameters: { binary_data_size: 2 } })
  expect([...readWith(binaryRequest(json, [Uint16Array.of(bits)])).numbers]).toEqual([value])
})

test('a JSON of any length in pieces is read as a whole', () => {
  const data = Array.from({ length: 60_000 }, (_, k) => Math.sqrt(k))
  expect([...readWith(jsonRequest(column('FP64', data.length, { data }))).numbers]).toEqual(data)
})
