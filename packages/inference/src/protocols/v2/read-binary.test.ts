import { describe, expect, test } from 'vitest'
import {
  binaryRequest,
  features,
  jsonRequest,
  mixed,
  modelWith,
  numbersNamed,
  rows,
  rowsOf,
  tensor,
  twoNumbers,
} from '../../../test/v2-requests.ts'
import { readInfer } from './read-infer.ts'

const binary = (members: object, tensors: readonly ArrayBufferView[], header?: string) =>
  binaryRequest(tensor({ data: undefined, ...members }), tensors, header)
const size = (bytes: number) => ({ parameters: { binary_data_size: bytes } })
const doubles = Float64Array.of(1, 2, 3, 4)

describe('a binary tensor', () => {
  test('follows the JSON', () => {
    expect(rowsOf(binary(size(32), [doubles]))).toEqual(rows)
  })

  test('may be one of several, with JSON between them', () => {
    const inputs = [
      { name: 'age', shape: [1], datatype: 'INT64', ...size(8) },
      { name: 'member', shape: [1], datatype: 'BOOL', data: [true] },
      { name: 'city', shape: [1, 1], datatype: 'BYTES', ...size(7) },
    ]
    const city = Uint8Array.of(3, 0, 0, 0, 0x61, 0xc3, 0xa9)
    expect(rowsOf(binaryRequest({ inputs }, [BigInt64Array.of(-7n), city]), mixed)).toEqual({
      nRows: 1,
      numbers: [-7, 1],
      texts: [['aé']],
    })
  })

  test('is not copied where it is aligned', () => {
    const padded = { ...tensor({ data: undefined, ...size(32) }), id: '' }
    for (let length = 0; length < 8; length++) {
      const request = binaryRequest({ ...padded, id: 'x'.repeat(length) }, [doubles])
      const read = readInfer(request, twoNumbers)
      if (!read.ok) throw new Error(read.message)
      const isAligned = Number(Object.values(request.headers)[0]) % 8 === 0
      expect(read.batch.numbers.buffer === request.body.buffer).toBe(isAligned)
      expect([...read.batch.numbers]).toEqual([...doubles])
    }
  })

  test.each([
    ['no number', 'abc'],
    ['a negative number', '-1'],
    ['more than the body', '99999999999'],
    ['a number that no number holds', '9'.repeat(400)],
    ['a fraction', '1.5'],
  ])('is refused when the header is %s', (_, header) => {
    const message = 'The header Inference-Header-Content-Length must be the length of the JSON'
    expect(rowsOf(binary(size(32), [doubles], header))).toContain(message)
  })

  test('is refused without the header, which the answer names', () => {
    const { body } = binary(size(32), [doubles])
    expect(rowsOf({ body, headers: {} })).toContain(
      'must have the header Inference-Header-Content-Length',
    )
    const alone = jsonRequest(tensor({ data: undefined, ...size(32) }))
    expect(rowsOf(alone)).toContain('must have the header Inference-Header-Content-Length')
  })

  test.each([
    ['ends early', binary(size(32), [doubles.subarray(1)]), 'expects 8 more bytes'],
    ['has bytes left over', binary(size(32), [doubles, Uint8Array.of(1)]), 'has 1 bytes more'],
    [
      'has another size than its shape',
      binary(size(24), [doubles.subarray(1)]),
      'shape [2,2] takes 4 elements',
    ],
    [
      'has an infinity',
      binary(size(32), [Float64Array.of(1, 2, Infinity, 4)]),
      '"inputs[0].data[2]" is not a finite number',
    ],
    [
      'has an infinity of half precision',
      binary({ datatype: 'FP16', ...size(8) }, [Uint16Array.of(0x3c00, 0x3c00, 0x3c00, 0xfc00)]),
      '"inputs[0].data[3]" is not a finite number',
    ],
    [
      'has NaN of half precision',
      binary({ datatype: 'FP16', ...size(8) }, [Uint16Array.of(0x7e00, 0x3c00, 0x3c00, 0x7c00)]),
      '"inputs[0].data[0]" is missing',
    ],
    [
      'has an infinity among many numbers',
      binary({ shape: [5001, 2], ...size(80_016) }, [
        new Float64Array(10_002).fill(-Infinity, 9999),
      ]),
      '"inputs[0].data[9999]" is not a finite number',
    ],
    [
      'has NaN',
      binary(size(32), [Float64Array.of(1, 2, Number.NaN, 4)]),
      '"inputs[0].data[2]" is missing',
    ],
    [
      'has a byte that is no BOOL',
      binary({ datatype: 'BOOL', ...size(4) }, [Uint8Array.of(0, 1, 2, 0)]),
      '"inputs[0].data[2]" must be the byte 0 or 1',
    ],
    [
      'has an integer that no double holds',
      binary({ datatype: 'INT64', ...size(32) }, [BigInt64Array.of(1n, 2n ** 53n + 1n, 0n, 0n)]),
      'which no double holds exactly',
    ],
  ])('is refused when it %s', (_, request, message) => {
    expect(rowsOf(request)).toContain(message)
  })

  test('may have a large integer that a double holds', () => {
    const integers = BigUint64Array.of(2n ** 63n, 0n, 2n ** 53n, 1n)
    const read = rowsOf(binary({ datatype: 'UINT64', ...size(32) }, [integers]))
    expect(read).toMatchObject({ numbers: [2 ** 63, 0, 2 ** 53, 1] })
  })

  test.each([
    ['is longer than the tensor', Uint8Array.of(9, 0, 0, 0, 1), 'element 0 is longer'],
    ['lacks a part of its length', Uint8Array.of(1, 0, 0, 0, 65, 1), 'element 1 is longer'],
    ['is one too many', Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0), 'the tensor has 2'],
    ['is not UTF-8', Uint8Array.of(1, 0, 0, 0, 0xff), '"inputs[0].data[0]" is not UTF-8'],
  ])('of texts is refused when a text %s', (_, bytes, message) => {
    const input = { name: 'city', shape: [1], datatype: 'BYTES', ...size(bytes.length) }
    const city = modelWith(features.slice(1, 2))
    expect(rowsOf(binaryRequest({ inputs: [input] }, [bytes]), city)).toContain(message)
  })
})

describe('a raw body, of which no byte is JSON', () => {
  const raw = (bytes: ArrayBufferView) => {
    const { buffer, byteOffset, byteLength } = bytes
    const body = new Uint8Array(byteLength)
    body.set(new Uint8Array(buffer, byteOffset, byteLength))
    return { body, headers: { 'inference-header-content-length': '0' } }
  }

  test('is the rows of the one input', () => {
    expect(rowsOf(raw(doubles))).toEqual(rows)
    const single = modelWith(numbersNamed('a', 'b'), undefined, 'float32')
    expect(rowsOf(raw(Float32Array.of(1, 2, 3, 4)), single)).toEqual(rows)
  })

  test('is a text without its length', () => {
    const city = modelWith(features.slice(1, 2))
    expect(rowsOf(raw(Uint8Array.of(0x68, 0x69)), city)).toMatchObject({ texts: [['hi']] })
  })

  test.each([
    ['no rows', Uint8Array.of(), twoNumbers],
    ['a part of a row', doubles.subarray(1), twoNumbers],
    ['a model of several inputs', doubles, mixed],
  ])('is refused with %s', (_, bytes, model) => {
    expect(rowsOf(raw(bytes), model)).toMatch(/^A raw body /)
  })
})

test('a few columns do not make many times the memory of what was sent', () => {
  const wide = modelWith(
    Array.from({ length: 10_000 }, (_, k) => ({ name: `f${k}`, type: 'number', nullable: true })),
  )
  const flags = new Uint8Array(10_000)
  const input = { name: 'f1', shape: [10_000], datatype: 'BOOL', ...size(10_000) }
  expect(rowsOf(binaryRequest({ inputs: [input] }, [flags]), wide)).toContain('send fewer')
})
