import fc from 'fast-check'
import { expect, test } from 'vitest'
import { damagedOf } from '../../../test/damaged-bytes.ts'
import { binaryRequest, jsonRequest, mixed, twoNumbers } from '../../../test/v2-requests.ts'
import type { NamedModel, ProtocolRequest } from '../protocol.ts'
import { readInfer } from './read-infer.ts'
import { lengthHeader } from './split-body.ts'

const asked = { id: '1', outputs: [{ name: 'predict', parameters: { binary_data: true } }] }
const city = Uint8Array.of(3, 0, 0, 0, 0x61, 0xc3, 0xa9, 0, 0, 0, 0)

/** Requests that are right. */
const requests: readonly (readonly [ProtocolRequest, NamedModel])[] = [
  [
    jsonRequest({
      ...asked,
      inputs: [{ name: 'x', shape: [2, 2], datatype: 'FP32', data: [1, -2.5, 3e2, 4] }],
    }),
    twoNumbers,
  ],
  [
    binaryRequest(
      {
        ...asked,
        inputs: [
          { name: 'x', shape: [2, 2], datatype: 'FP64', parameters: { binary_data_size: 32 } },
        ],
      },
      [Float64Array.of(1, 2, 3, 4)],
    ),
    twoNumbers,
  ],
  [
    binaryRequest(
      {
        inputs: [
          { name: 'age', shape: [2], datatype: 'INT64', parameters: { binary_data_size: 16 } },
          { name: 'member', shape: [2, 1], datatype: 'BOOL', data: [[true], [false]] },
          { name: 'city', shape: [2], datatype: 'BYTES', parameters: { binary_data_size: 11 } },
        ],
      },
      [BigInt64Array.of(1n, 2n), city],
    ),
    mixed,
  ],
]

const damaged = fc.tuple(damagedOf(requests), fc.nat(3)).map(([{ request, model }, wrong]) => {
  const { body, headers } = request
  const header = wrong === 0 ? String(body.length - 1) : headers[lengthHeader]
  return { request: { body, headers: { [lengthHeader]: header } }, model }
})

test('bytes that are cut, flipped or repeated are refused, or are rows of the right shape', () => {
  fc.assert(
    fc.property(damaged, ({ request, model }) => {
      const read = readInfer(request, model)
      if (!read.ok) {
        expect(read.message).not.toBe('')
        return
      }
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

test('any bytes at all are refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.option(fc.nat(300)), (bytes, header) => {
      const headers = { [lengthHeader]: header === null || header === 0 ? undefined : `${header}` }
      expect(readInfer({ body: Uint8Array.from(bytes), headers }, twoNumbers).ok).toBe(false)
    }),
  )
})

test('any JSON at all is refused', () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      expect(readInfer(jsonRequest(json), twoNumbers).ok).toBe(false)
    }),
  )
})
