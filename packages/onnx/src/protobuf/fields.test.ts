import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fieldsOf, integersOf, type Message, textOf } from './fields.ts'
import { bytesField, integerField, join, type Parts, textField } from './write.ts'

const messageOf = (bytes: Uint8Array): Message => ({
  bytes,
  start: 0,
  end: bytes.length,
  type: 'TestProto',
})
const read = (parts: Parts) => {
  const message = messageOf(join(parts))
  return Array.from(fieldsOf(message), (field) => ({ field, message }))
}

describe('what was written is read', () => {
  test('texts, with the numbers of their fields', () => {
    const fields = read([...textField(1, 'a'), ...textField(5000, 'Zürich')])
    const texts = fields.map(({ field, message }) => [field.number, textOf(message, field)])
    expect(texts).toEqual([
      [1, 'a'],
      [5000, 'Zürich'],
    ])
  })

  test('integers of any size', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (integer) => {
        const [{ field, message }] = read(integerField(7, integer))
        expect([...integersOf(message, field)]).toEqual([BigInt(integer)])
      }),
    )
  })

  test('a negative integer, which takes ten bytes', () => {
    const bytes = Uint8Array.from([8, ...Array(9).fill(255), 1])
    const message = messageOf(bytes)
    const [field] = fieldsOf(message)
    expect([...integersOf(message, field)]).toEqual([-1n])
  })

  test('integers that are packed into one field', () => {
    const [{ field, message }] = read(bytesField(1, [Uint8Array.of(3, 172, 2)]))
    expect([...integersOf(message, field)]).toEqual([3n, 300n])
  })
})

describe('a damaged message is refused with the place', () => {
  test.each([
    [
      'a length beyond the end',
      [10, 5, 65],
      'byte 0, in a TestProto, field 1 claims 5 bytes, but 1 are left',
    ],
    ['a length beyond any file', [10, 255, 255, 255, 255, 255, 255, 255, 255, 127], 'claims'],
    ['a number that is cut', [8, 200], 'byte 1, in a TestProto, a number is cut'],
    [
      'a number without an end',
      [8, ...Array(11).fill(255)],
      'byte 1, in a TestProto, a number is too long',
    ],
    ['four bytes that are cut', [13, 0, 0], 'byte 0, in a TestProto, field 1 claims 4 bytes'],
    ['a field without a number', [0, 0], 'byte 0, in a TestProto, has field number 0'],
    [
      'a group, which ONNX does not have',
      [11, 12],
      'byte 0, in a TestProto, has the unknown wire type 3',
    ],
  ])('%s', (_, bytes, message) => {
    expect(() => [...fieldsOf(messageOf(Uint8Array.from(bytes)))]).toThrow(message)
  })
})

test('any bytes are read to their end, or refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        const fields = [...fieldsOf(messageOf(bytes))]
        expect(fields.at(-1)?.end ?? 0).toBe(bytes.length)
      } catch (error) {
        expect(String(error)).toContain('damaged')
      }
    }),
    { numRuns: 2000 },
  )
})
