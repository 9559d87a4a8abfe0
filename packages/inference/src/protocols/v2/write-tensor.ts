import type { OutputValues } from './output-values.ts'

const encoder = new TextEncoder()

/** The elements of a tensor as a JSON array, flat; null stands for what is not finite. */
export const tensorToJson = (output: OutputValues): string => {
  switch (output.datatype) {
    case 'FP64':
      return output.values.every(Number.isFinite)
        ? `[${output.values.join()}]`
        : JSON.stringify([...output.values])
    case 'INT64': {
      const texts = output.labels.map(String)
      return `[${Array.from(output.places, (place) => texts[place]).join()}]`
    }
    case 'BYTES':
      return JSON.stringify(output.texts)
  }
}

/** The elements of a tensor in binary form: little-endian, row after row (Triton, `extension_binary_data.md`). */
export const tensorToBytes = (output: OutputValues): Uint8Array => {
  switch (output.datatype) {
    case 'FP64':
      return floatsToBytes(output.values)
    case 'INT64':
      return integersToBytes(output)
    case 'BYTES':
      return textsToBytes(output.texts)
  }
}

const floatsToBytes = (values: Float64Array) => {
  const { buffer, byteOffset, byteLength } = values
  const bytes = new Uint8Array(buffer, byteOffset, byteLength)
  if (isLittleEndian) return bytes
  const view = new DataView(new ArrayBuffer(byteLength))
  values.forEach((value, k) => void view.setFloat64(8 * k, value, true))
  return new Uint8Array(view.buffer)
}

const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

const integersToBytes = ({
  labels,
  places,
}: Extract<OutputValues, { readonly datatype: 'INT64' }>) => {
  // The bytes of each label, once: as two numbers of 32 bits, which are copied in whatever order this machine has.
  const view = new DataView(new ArrayBuffer(8 * labels.length))
  labels.forEach((label, k) => void view.setBigInt64(8 * k, BigInt(label), true))
  const halves = new Uint32Array(view.buffer)
  const words = new Uint32Array(2 * places.length)
  for (let k = 0; k < places.length; k++) {
    words[2 * k] = halves[2 * places[k]]
    words[2 * k + 1] = halves[2 * places[k] + 1]
  }
  return new Uint8Array(words.buffer)
}

/** Each with its length before it. */
const textsToBytes = (texts: readonly string[]) => {
  const encoded = texts.map((text) => encoder.encode(text))
  const bytes = new Uint8Array(encoded.reduce((total, { length }) => total + 4 + length, 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const text of encoded) {
    view.setUint32(at, text.length, true)
    bytes.set(text, at + 4)
    at += 4 + text.length
  }
  return bytes
}
