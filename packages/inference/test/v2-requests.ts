import type { Feature, ModelInfo, Output } from '../src/model-info.ts'
import type { NamedModel, ProtocolRequest } from '../src/protocols/protocol.ts'
import { readInfer } from '../src/protocols/v2/read-infer.ts'
import { lengthHeader } from '../src/protocols/v2/split-body.ts'

// What the tests of this protocol share.

const plain = (name: string): Feature => ({ name, type: 'number', nullable: false })

export const numbersNamed = (...names: readonly string[]): readonly Feature[] => names.map(plain)

/** A model as a protocol sees it. */
export const modelWith = (
  features: readonly Feature[],
  output: Output = { type: 'classes', classes: [0, 1] },
  precision: ModelInfo['precision'] = 'float64',
): NamedModel => ({
  name: 'dsapi',
  version: '1',
  info: {
    format: 'dsapi-logistic-regression',
    precision,
    features,
    featureNames: features.map(({ name }) => name),
    output,
  },
})

const encoder = new TextEncoder()

/** A request of JSON, as a value or as text. */
export const jsonRequest = (json: unknown): ProtocolRequest => ({
  body: encoder.encode(typeof json === 'string' ? json : JSON.stringify(json)),
  headers: {},
})

/** A request of JSON and what follows it. */
export const binaryRequest = (
  json: unknown,
  tensors: readonly ArrayBufferView[],
  header?: string,
): ProtocolRequest => {
  const head = encoder.encode(JSON.stringify(json))
  const parts = tensors.map(
    ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
  )
  const body = new Uint8Array(parts.reduce((total, part) => total + part.length, head.length))
  body.set(head)
  let at = head.length
  for (const part of parts) {
    body.set(part, at)
    at += part.length
  }
  return { body, headers: { [lengthHeader]: header ?? String(head.length) } }
}

export const twoNumbers = modelWith(numbersNamed('feature_a', 'feature_b'))

export const features: readonly Feature[] = [
  { name: 'age', type: 'integer', nullable: true },
  { name: 'city', type: 'text', nullable: true },
  { name: 'member', type: 'boolean', nullable: false },
]
/** A model with features of several types. */
export const mixed = modelWith(features)

/** The rows that a request has, or the sentence that says what is wrong with it. */
export const rowsOf = (request: ProtocolRequest, model: NamedModel = twoNumbers) => {
  const read = readInfer(request, model)
  if (!read.ok) return read.message
  const { nRows, numbers, texts } = read.batch
  return { nRows, numbers: [...numbers], texts }
}

/** A request for two rows in one tensor. */
export const tensor = (members: object) => ({
  inputs: [{ name: 'input', shape: [2, 2], datatype: 'FP64', data: [1, 2, 3, 4], ...members }],
})
/** The rows of this request. */
export const rows = { nRows: 2, numbers: [1, 2, 3, 4], texts: [] }
