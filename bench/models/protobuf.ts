// What the wire format of protobuf needs to write an ONNX file: https://protobuf.dev/programming-guides/encoding/

const varint = (value: number): Buffer => {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push(128 + (rest % 128))
  return Buffer.from([...bytes, rest])
}

/** A field that holds bytes, a text, or another message. */
export const field = (number: number, value: Uint8Array | string): Buffer => {
  const bytes = Buffer.from(value)
  return Buffer.concat([varint(8 * number + 2), varint(bytes.length), bytes])
}

/** A field that holds a whole number from 0 on. */
export const whole = (number: number, value: number): Buffer =>
  Buffer.concat([varint(8 * number), varint(value)])

/** A field of packed whole numbers from 0 on. */
export const wholes = (number: number, values: readonly number[]): Buffer =>
  field(number, Buffer.concat(values.map(varint)))

/** A field of packed 32-bit floats. */
export const floats = (number: number, values: readonly number[]): Buffer =>
  field(number, Buffer.from(Float32Array.from(values).buffer))
