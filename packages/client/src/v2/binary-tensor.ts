import { arrayTypes, type Datatype, type Tensor } from './tensor.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** The elements in binary form (Triton, `extension_binary_data.md`): those of fixed size where they are, without a copy. */
export const tensorToBytes = (tensor: Tensor): Uint8Array<ArrayBuffer> => {
  if (tensor.datatype === 'BYTES') return textsToBytes(tensor.data)
  const { buffer, byteOffset, byteLength } = tensor.data
  return new Uint8Array(buffer, byteOffset, byteLength)
}

/** Each with its length in four bytes before it. */
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

/**
 * Reads elements in binary form: where they are if they are aligned, else from a copy.
 *
 * @returns undefined where the bytes are no such elements
 */
export const bytesToTensor = (
  datatype: Datatype,
  shape: readonly number[],
  bytes: Uint8Array<ArrayBuffer>,
): Tensor | undefined => {
  if (datatype === 'BYTES') {
    const data = bytesToTexts(bytes)
    return data && { datatype, shape, data }
  }
  const type = arrayTypes[datatype]
  const width = type.BYTES_PER_ELEMENT
  if (bytes.length % width !== 0) return undefined
  const { buffer, byteOffset } = bytes.byteOffset % width === 0 ? bytes : bytes.slice()
  // The table has the type of each datatype.
  return { datatype, shape, data: new type(buffer, byteOffset, bytes.length / width) } as Tensor
}

const bytesToTexts = (bytes: Uint8Array): readonly string[] | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const texts: string[] = []
  for (let at = 0; at < bytes.length; ) {
    const start = at + 4
    if (start > bytes.length) return undefined
    at = start + view.getUint32(at, true)
    if (at > bytes.length) return undefined
    texts.push(decoder.decode(bytes.subarray(start, at)))
  }
  return texts
}
