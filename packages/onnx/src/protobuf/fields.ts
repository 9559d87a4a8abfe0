/** A part of a file that holds one protobuf message. */
export type Message = {
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
  /** What the message is, for errors: `GraphProto`. */
  readonly type: string
}

/** One field of a message. Its value is the part of the file from `start` to `end`. */
export type Field = {
  readonly number: number
  /** How the value is written: 0 varint, 1 eight bytes, 2 bytes after their length, 5 four bytes. */
  readonly wire: number
  /** Where the field begins, with its tag. */
  readonly at: number
  readonly start: number
  readonly end: number
}

/** The longest varint, which has seven bits a byte. */
const longestVarint = 10

export const damaged = (at: number, { type }: Pick<Message, 'type'>, what: string): Error =>
  new Error(`The ONNX file is damaged or cut: byte ${at}, in a ${type}, ${what}`)

/**
 * The fields of a message, in the order of the file. Nothing is copied, and each length is checked against what is left.
 *
 * @throws Error that names the byte, when the message is damaged
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export function* fieldsOf(message: Message): Generator<Field, void, undefined> {
  const { end } = message
  let at = message.start
  while (at < end) {
    const afterTag = endOfVarint(message, at)
    const tag = smallVarint(message, at, afterTag)
    const number = Math.floor(tag / 8)
    const wire = tag % 8
    if (number === 0) throw damaged(at, message, 'has field number 0')
    let start = afterTag
    let length: number
    if (wire === 0) length = endOfVarint(message, start) - start
    else if (wire === 1) length = 8
    else if (wire === 5) length = 4
    else if (wire === 2) {
      const afterLength = endOfVarint(message, start)
      length = smallVarint(message, start, afterLength)
      start = afterLength
    } else throw damaged(at, message, `has the unknown wire type ${wire}`)
    if (length > end - start) {
      const claim = `field ${number} claims ${length} bytes, but ${end - start} are left`
      throw damaged(at, message, claim)
    }
    yield { number, wire, at, start, end: start + length }
    at = start + length
  }
}

/** The message that a field holds. @throws Error when the field holds something else */
export const messageOf = (outer: Message, field: Field, type: string): Message => {
  expectBytes(outer, field)
  return { bytes: outer.bytes, start: field.start, end: field.end, type }
}

/** The bytes that a field holds, without a copy. @throws Error when the field holds something else */
export const bytesOf = (outer: Message, field: Field): Uint8Array => {
  expectBytes(outer, field)
  return outer.bytes.subarray(field.start, field.end)
}

const decoder = new TextDecoder()

/** The text that a field holds. @throws Error when the field holds something else */
export const textOf = (outer: Message, field: Field): string =>
  decoder.decode(bytesOf(outer, field))

/** The integer that a field holds. @throws Error when the field holds something else */
const integerOf = (outer: Message, field: Field): bigint => {
  if (field.wire !== 0) throw unexpected(outer, field, 'an integer')
  return varint(outer, field.start, field.end)
}

/** The integer that a field holds, where it is a number of things. Larger ones than 2^53 are not exact. */
export const countOf = (outer: Message, field: Field): number => Number(integerOf(outer, field))

/** The integers of a repeated field, which stand one a field, or packed into one. */
export function* integersOf(outer: Message, field: Field): Generator<bigint, void, undefined> {
  if (field.wire === 0) {
    yield varint(outer, field.start, field.end)
    return
  }
  const packed = messageOf(outer, field, `packed field of a ${outer.type}`)
  for (let at = packed.start; at < packed.end; ) {
    const end = endOfVarint(packed, at)
    yield varint(packed, at, end)
    at = end
  }
}

/** The 32-bit float that a field holds. @throws Error when the field holds something else */
export const floatOf = (outer: Message, field: Field): number => {
  if (field.wire !== 5) throw unexpected(outer, field, 'a float')
  const { buffer, byteOffset } = outer.bytes
  return new DataView(buffer, byteOffset + field.start, 4).getFloat32(0, true)
}

const expectBytes = (outer: Message, field: Field): void => {
  if (field.wire !== 2) throw unexpected(outer, field, 'bytes')
}

const unexpected = (outer: Message, field: Field, expected: string): Error =>
  damaged(field.at, outer, `field ${field.number} is not ${expected}`)

/** Where a varint ends: after the first byte without the highest bit. */
const endOfVarint = (message: Message, start: number): number => {
  const limit = Math.min(message.end, start + longestVarint)
  for (let at = start; at < limit; at++) {
    if (message.bytes[at] < 128) return at + 1
  }
  const isCut = limit < start + longestVarint
  throw damaged(start, message, isCut ? 'a number is cut' : 'a number is too long')
}

/** A varint that is no larger than 2^53 in any file that is whole: a tag or a length. */
const smallVarint = (message: Message, start: number, end: number): number => {
  let value = 0
  for (let at = end - 1; at >= start; at--) value = value * 128 + (message.bytes[at] & 127)
  return value
}

/** A varint as the signed 64-bit integer that it stands for. */
const varint = (message: Message, start: number, end: number): bigint => {
  let value = 0n
  for (let at = end - 1; at >= start; at--) value = (value << 7n) | BigInt(message.bytes[at] & 127)
  return BigInt.asIntN(64, value)
}
