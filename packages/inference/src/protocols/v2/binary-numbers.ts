import { Wrong } from '../json/wrong.ts'
import type { Datatype } from './datatypes.ts'
import type { Input } from './input.ts'
import { wrongCount } from './json-elements.ts'
import type { Numbers } from './numbers.ts'

/** Reads the numbers of a binary tensor: where they stand, if they are of a model's own type and aligned. */
export const readBinaryNumbers = (
  bytes: Uint8Array<ArrayBuffer>,
  input: Input,
): Numbers | Wrong => {
  const { datatype, size } = input
  if (bytes.length !== size * datatype.bytes) {
    return wrongCount(input, `of ${datatype.bytes} bytes each, binary_data_size is ${bytes.length}`)
  }
  const { buffer, byteOffset } = aligned(bytes, datatype.bytes)
  switch (datatype.kind) {
    case 'float':
      return readFloats(datatype, buffer, byteOffset, size)
    case 'bool':
      return readBools(bytes, input)
    case 'integer':
      return datatype.bytes === 8
        ? readLarge(
            new (datatype.isSigned ? BigInt64Array : BigUint64Array)(buffer, byteOffset, size),
            input,
          )
        : new Float64Array(integersOf(datatype, buffer, byteOffset, size))
    case 'bytes':
      return new Wrong(`${input.field}.datatype`, 'must be a number type')
  }
}

const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

/** The same bytes where a typed array can begin, and in the order of this machine. */
const aligned = (bytes: Uint8Array<ArrayBuffer>, width: number) => {
  if (isLittleEndian) return bytes.byteOffset % width === 0 ? bytes : bytes.slice()
  const copy = bytes.slice()
  for (let at = 0; at < copy.length; at += width) copy.subarray(at, at + width).reverse()
  return copy
}

const readFloats = (
  { bytes }: Datatype,
  buffer: ArrayBuffer,
  byteOffset: number,
  size: number,
): Numbers => {
  if (bytes === 8) return new Float64Array(buffer, byteOffset, size)
  if (bytes === 4) return new Float32Array(buffer, byteOffset, size)
  return Float32Array.from(new Uint16Array(buffer, byteOffset, size), fromHalf)
}

/** A number of half precision (IEEE 754, binary16). */
const fromHalf = (bits: number) => {
  const sign = bits >= 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  if (exponent === 0) return sign * fraction * 2 ** -24
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

const readBools = (bytes: Uint8Array, { field }: Input) => {
  const wrong = bytes.findIndex((byte) => byte > 1)
  if (wrong >= 0)
    return new Wrong(`${field}.data[${wrong}]`, 'must be the byte 0 or 1, as BOOL has it')
  return new Float64Array(bytes)
}

const integersOf = (
  { bytes, isSigned }: Extract<Datatype, { readonly kind: 'integer' }>,
  buffer: ArrayBuffer,
  byteOffset: number,
  size: number,
) => {
  if (bytes === 1) return new (isSigned ? Int8Array : Uint8Array)(buffer, byteOffset, size)
  if (bytes === 2) return new (isSigned ? Int16Array : Uint16Array)(buffer, byteOffset, size)
  return new (isSigned ? Int32Array : Uint32Array)(buffer, byteOffset, size)
}

/** Integers of 64 bits, as far as a double holds them exactly. */
const readLarge = (integers: BigInt64Array | BigUint64Array, { field, datatype }: Input) => {
  const numbers = new Float64Array(integers.length)
  for (let k = 0; k < integers.length; k++) {
    numbers[k] = Number(integers[k])
    if (BigInt(numbers[k]) !== integers[k]) {
      const message = `is ${integers[k]}, which no double holds exactly: ${datatype.name} above 2^53 would be changed. Send FP64`
      return new Wrong(`${field}.data[${k}]`, message)
    }
  }
  return numbers
}
